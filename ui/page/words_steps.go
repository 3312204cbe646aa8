package page

// Words of the steps taken from the pages and lists of posts and of the pool.

const (
	doTakeUp = "任用…"

	cmdAppoint = "登记任命"
	cmdLeave   = "登记离任"
	cmdAdmit   = "登记入库"
	cmdRelease = "登记出库"

	titlePickPost    = "谁离任？"
	titlePickReserve = "谁出库？"

	sayNobodyInPost = "台账里没有在任的职务，不用登记离任。"
	sayNobodyInPool = "后备库里现在没有人，不用登记出库。"
)
