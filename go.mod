module corridor

go 1.26
