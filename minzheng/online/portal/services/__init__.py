"""我的服务: orders for oneself and one's family, confirmed and rated by them."""
