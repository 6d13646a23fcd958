"""Township reserve funds: what each holds, its vouchers, the month's end, the year's audit list."""
