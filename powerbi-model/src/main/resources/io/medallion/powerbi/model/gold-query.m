let
	Windows = LakeTable("{{path}}", type table [
		{{columns}}
	]),
	InRange = Table.SelectRows(Windows, each [windowStart] >= RangeStart and [windowStart] < RangeEnd),
	Dated = Table.AddColumn(InRange, "windowDate", each DateTime.Date([windowStart]), type date)
in
	Dated