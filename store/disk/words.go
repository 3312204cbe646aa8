package disk

// sentence says what is wrong and what to do.
func (p place) sentence(c cause, u use) string {
	name, folder := "“"+called(p.path)+"”", "“"+called(p.folder)+"”"
	if c == noFolder || c == notFolder {
		folder = "“" + called(p.stop()) + "”"
	}
	switch c {
	case notFolder:
		return folder + "是一个文件，不是文件夹，里面没有别的文件，请核对路径。"
	case notPlain:
		return name + "不是普通文件，请另选一个。"
	case tooLong:
		return name + "的名称或所在的路径太长，请把名称改短，或放到层级少一些的文件夹里。"
	case badName:
		return name + `里有文件名不能用的字符，请改名，不要用 \ / : * ? " < > | 这些符号。`
	case loop:
		return name + "是一个指回自己的快捷方式（链接），请选它本来的文件。"
	case full:
		return "磁盘已满，" + name + "没有写成，请删去不用的文件，或换一个磁盘再试。"
	}
	if u == writing {
		return unwritten(c, name, folder)
	}
	return unread(c, name, folder)
}

func unread(c cause, name, folder string) string {
	switch c {
	case missing:
		return "找不到" + name + "，它可能被移动或改了名，请核对文件名和所在的文件夹；在 U 盘上的，请看看 U 盘是否已经拔出。"
	case noFolder:
		return "找不到文件夹" + folder + "，请核对路径；在 U 盘上的，请看看 U 盘是否已经拔出。"
	case isFolder:
		return name + "是一个文件夹，请选里面的文件。"
	case denied, deniedOld:
		return "没有打开" + name + "的权限，请把它复制到自己的文件夹里再试，或请管理员放开权限。"
	case inUse:
		return name + "正被别的程序使用，请先在那里（例如 WPS）保存并关闭它，再试一次。"
	case readOnly:
		return name + "所在的磁盘是只读的，请拨开 U 盘上的写保护，或把文件复制到本机硬盘再打开。"
	case fixed:
		return name + "是只读的，台账要能改写才能打开；请在文件的“属性”里去掉“只读”，或把它复制到自己的文件夹里再打开。"
	case gone:
		return "读" + name + "时磁盘没有应答，U 盘可能已经拔出或损坏；请插好再试，或先把文件复制到本机硬盘。"
	}
	return "打不开" + name + "，请确认文件还在原处、没有被别的程序打开，再试一次。"
}

func unwritten(c cause, name, folder string) string {
	switch c {
	case missing:
		return "写" + name + "时磁盘上的文件不见了，U 盘可能已经拔出，没有写成；请插好再试，或换一个文件夹。"
	case noFolder:
		return "找不到文件夹" + folder + "，" + name + "没有写成，请先建好它，或换一个文件夹；在 U 盘上的，请看看 U 盘是否已经拔出。"
	case isFolder:
		return name + "是一个文件夹，不能当作文件来写，请另写一个文件名。"
	case denied:
		return "没有在文件夹" + folder + "里写文件的权限，" + name + "没有写成，请换一个文件夹，或请管理员放开权限。"
	case deniedOld:
		return "没有改写" + name + "的权限：它可能正在 WPS 里打开，或者是只读的；请先关闭它再试，或换一个文件名。"
	case inUse:
		return name + "正被别的程序使用，改写不了，请先在那里（例如 WPS）关闭它再试，或换一个文件名。"
	case readOnly:
		return name + "所在的磁盘是只读的，没有写成，请拨开 U 盘上的写保护，或换一个磁盘。"
	case gone:
		return "写" + name + "时磁盘没有应答，U 盘可能已经拔出或损坏，没有写成；请插好再试，或换一个磁盘。"
	}
	return name + "没有写成，请确认它没有被别的程序打开，或换一个文件夹再试。"
}
