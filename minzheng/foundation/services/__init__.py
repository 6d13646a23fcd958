"""Services to people (服务): need → order → provider → sign-off → settlement, for every line that has services (docs/services.md)."""
