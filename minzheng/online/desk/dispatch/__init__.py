"""综合养老服务调度中心 (S-100): one wall of alarms and orders against the minutes that are promised."""
