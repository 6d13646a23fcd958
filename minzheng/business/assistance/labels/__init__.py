"""低保边缘家庭 (A2) and 刚性支出困难家庭 (A3): a status without money, for at most a year, that opens linked help."""
