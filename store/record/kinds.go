package record

import "touyan/store/field"

// Kinds is the registry of kinds, in the order of menus and sheets: what a
// kind refers to stands before it.
func Kinds() field.Kinds {
	kinds := field.Kinds{
		field.NewKind("office", "单位", "name", func() field.Record { return new(Office) }),
		field.NewKind("village", "嘎查村", "name", func() field.Record { return new(Village) }),
		field.NewKind("person", "人员", "name", func() field.Record { return new(Person) }),
		field.NewKind("post", "任职", "", func() field.Record { return new(Post) }),
		field.NewKind("reserve", "后备力量", "", func() field.Record { return new(Reserve) }),
		field.NewKind("request", "退回事项", "name", func() field.Record { return new(Request) }),
		field.NewKind("paper", "附件", "title", func() field.Record { return new(Paper) }),
		field.NewKind("custom", "自定义项", "label", func() field.Record { return new(Custom) }),
	}
	kinds.Kind("office").Fold = PlaceKey
	kinds.Kind("village").Fold = PlaceKey
	kinds.Kind("custom").Own = customFields
	return kinds
}
