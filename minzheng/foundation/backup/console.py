"""What the commands of this part say when something goes wrong: one sentence, and an exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable


def answered(work: Callable[[], int]) -> int:
    """What `work` returns; 2 when it was refused or a file could not be used, 1 when something is damaged."""
    from minzheng.foundation.actions import Refused
    from minzheng.foundation.backup.sealed import Damaged
    from minzheng.foundation.backup.server import ServerSaysNo

    try:
        return work()
    except Refused as refused:
        print("；".join(refused.messages), file=sys.stderr)
        return 2
    except (Damaged, ServerSaysNo) as bad:
        print(bad, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or ''}：{error.strerror}。请检查路径、权限和磁盘空间。", file=sys.stderr)
        return 2


def set_up() -> None:
    import django

    django.setup()
