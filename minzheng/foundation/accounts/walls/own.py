"""Walls of this app's own tables."""

from minzheng.foundation.accounts.walls.words import not_personal, region

WALLS = {
    "accounts.User": not_personal("登录之前就要按账号名查找；只有称呼和密码摘要，工作人员的称呼随处署名"),
    "accounts.User_groups": not_personal("框架自带，不使用"),
    "accounts.User_user_permissions": not_personal("框架自带，不使用"),
    "accounts.Assignment": not_personal("任职本身就是权限的依据；工作人员的职务是公开的"),
    "accounts.RoleRequest": region(reads=["account.read"], account=["user"]),
    "accounts.ResetRequest": region(reads=["account.read"], account=["user"]),
}
