"""The wall of every table: what the apps declare in `walls.py`, and what follows by itself."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from functools import cache
from types import ModuleType

import pgtrigger
from django.apps import apps
from django.db.models import Field, Model
from pghistory.models import Event

from minzheng.foundation.accounts.walls import own
from minzheng.foundation.accounts.walls.words import Wall, not_personal, region
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.regions.models import Region

# Tables of libraries: log-in, sessions, the task queue (keys only), the library's own words.
LIBRARIES = {
    "allauth_idp_oidc": "接口令牌：认出来人之前就要读，只有账号编号和散列",
    "auth": "权限框架自带的空表",
    "contenttypes": "数据表清单",
    "sessions": "登录会话：由网站签名，登录之前就要读",
    "account": "登录组件：登录之前就要读，只有账号编号",
    "mfa": "登录组件：登录之前就要读，只有账号编号",
    "usersessions": "登录组件：在哪些设备上登录着",
    "django_tasks_database": "后台任务队列：参数只有编号",
    "pghistory": "历史记录的操作上下文：谁、哪个动作",
}


def tables() -> list[type[Model]]:
    """Every model that has a table of its own."""
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]


@cache
def walls() -> dict[type[Model], Wall | None]:
    """Each table's wall; None where nobody said anything."""
    said = dict(_said())
    return {model: said.get(model._meta.label) or _by_itself(model, said) for model in tables()}


def definers() -> list[str]:
    """Functions that work with the owner's rights, because the application has none on what they write."""
    return [name for module in _modules() for name in getattr(module, "DEFINERS", ())]


def known_besides(target: type[Model]) -> list[str]:
    """Other ways to know a person, a household, an organisation: SQL over `wanted`, its key."""
    said = (getattr(module, "KNOWN", {}).get(target._meta.label) for module in _modules())
    return [condition for condition in said if condition]


def _said() -> Iterator[tuple[str, Wall]]:
    yield from own.WALLS.items()
    for module in _modules():
        yield from module.WALLS.items()


def _modules() -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        name = f"{config.name}.walls"
        is_ours = config.name.split(".")[0] in {"minzheng", "tests"} and config.label != "accounts"
        if is_ours and importlib.util.find_spec(name):
            yield importlib.import_module(name)


def _by_itself(model: type[Model], said: dict[str, Wall]) -> Wall | None:
    if reason := LIBRARIES.get(model._meta.app_label):
        return not_personal(reason)
    if issubclass(model, Event):
        kept = kept_by(model)
        return said.get(kept._meta.label) or _by_itself(kept, said)
    if any(f.name == "region" and f.related_model is Region for f in model._meta.concrete_fields):
        return region()
    return None


def kept_by(model: type[Model]) -> type[Model]:
    """The model whose old rows a history table keeps."""
    return model._meta.get_field("pgh_obj").related_model  # type: ignore[return-value,union-attr]


def key_of(model: type[Model]) -> str:
    """The column that holds the key of the row: in a history table, of the row that it keeps."""
    return "pgh_obj_id" if issubclass(model, Event) else str(model._meta.pk.column)  # type: ignore[union-attr]


def refused(model: type[Model]) -> set[str]:
    """What no role of the application may do to a row once written: in history, and where a trigger protects it."""
    if issubclass(model, Event):
        return {"UPDATE", "DELETE"}
    never: set[str] = set()
    for trigger in getattr(model._meta, "triggers", ()):
        if isinstance(trigger, pgtrigger.Protect) and trigger.condition is None:
            never |= set(str(trigger.operation).split(" OR "))
    return never & {"UPDATE", "DELETE"}


def links(target: type[Person] | type[Household]) -> Iterator[tuple[Field, Field, Field | None]]:
    """(foreign key to the target, region column, foreign key to the row that has the region column or None).

    Whoever a row in one's region is about is known there: the relative who lives elsewhere, the payee who moved.
    """
    for model in tables():
        if issubclass(model, Event):
            continue
        for field in model._meta.concrete_fields:
            if field.related_model is target and model is not target:
                if (place := _place(model)) is not None:
                    yield field, place, None
                else:
                    for parent in model._meta.concrete_fields:
                        above = parent.related_model
                        if above and parent.name in _parents(model) and (place := _place(above)):
                            yield field, place, parent


def _parents(model: type[Model]) -> tuple[str, ...]:
    wall = walls()[model]
    return wall.parents if wall else ()


def _place(model: type[Model]) -> Field | None:
    if model is Person:
        return None
    return next((f for f in model._meta.concrete_fields if f.related_model is Region), None)
