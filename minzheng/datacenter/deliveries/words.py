"""The word FileFormat (部门数据格式): what another department's file looks like, and what its rows tell about people.

    VEHICLES = FileFormat(
        code="file.vehicles", title="机动车登记", department="公安交管部门",
        columns=(ID_NO, NAME, FileColumn("plate", "号牌号码", required=True)),
        absent=Absent.UNKNOWN, sets=(Sets("cars", "count"),), …
    )

docs/deliveries.md shows how to declare one in ten minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from minzheng.foundation.exchange.words import Purpose, Source, SourceField
from minzheng.foundation.registry.words import Word

COLUMN_KINDS = {"text", "name", "id_no", "date", "money", "number", "code"}
TAKES = {"count", "sum", "latest", "constant"}
WHO = {
    "id_no",
    "name",
    "birth_date",
    "address",
}  # columns that say who; they are not kept beside a matched person
FIELD_KIND = {"name": "text", "id_no": "text", "code": "text"}  # kinds of the sharing catalogue


class Absent(StrEnum):
    """What it means that somebody is not in the file. There is no default: each format must say it."""

    UNKNOWN = "名单不全：没有列出的人，仍是未知"
    NONE = "名单是全的：没有列出的人，就是没有"


@dataclass(frozen=True)
class FileColumn:
    """One column. `header` is what stands over it; `aliases` are other names that departments give it.

    `required`: every row must fill it. `values` of a code: what the department writes → what the fact says.
    `past`: a date that cannot lie ahead. Money is written in yuan and read as fen.
    """

    key: str
    header: str
    kind: str = "text"
    required: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    past: bool = True
    help: str = ""


@dataclass(frozen=True)
class Sets:
    """A fact of facts.yaml that the rows of one person (or of one household's members) set.

    `take`: count the rows; sum, or take the latest row's, `column` (times `times`: 12 turns a month into a year);
    or a `constant`. `none` is what the fact is for those whom a complete list does not name.
    """

    fact: str
    take: str
    column: str = ""
    times: int = 1
    constant: Any = None
    none: Any = None


@dataclass(frozen=True)
class Death:
    """The rows are deaths: the column with the day, and the dated standard with the rank of the source."""

    column: str
    rank: str


@dataclass(frozen=True, kw_only=True)
class FileFormat(Word):
    """One kind of file from one department. `only`: (code column, values) of the rows that count."""

    file: ClassVar[str] = "deliveries"

    department: str
    columns: tuple[FileColumn, ...]
    absent: Absent
    cite: str  # the legal basis of receiving it
    purposes: tuple[Purpose, ...]
    contact: str
    sets: tuple[Sets, ...] = ()
    only: tuple[str, tuple[Any, ...]] = ("", ())
    death: Death | None = None
    summary: str = ""

    @property
    def says(self) -> str:
        """The source that stands on fact sheets."""
        return f"{self.department}·{self.title}"[:60]

    def column(self, key: str) -> FileColumn:
        return next(column for column in self.columns if column.key == key)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)

    @property
    def kept(self) -> tuple[FileColumn, ...]:
        """Columns kept with a matched row: what is told, not who it is told about."""
        return tuple(column for column in self.columns if column.key not in WHO)

    def as_source(self) -> Source:
        """The same as an entry of the sharing catalogue; declare it in sources.py beside deliveries.py."""
        facts = {one.column: one.fact for one in self.sets if one.column}
        return Source(
            code=self.code, title=f"{self.title}（批量文件）", department=self.department, cite=self.cite, purposes=self.purposes,
            contact=self.contact, summary=self.summary,
            fields=tuple(
                SourceField(
                    c.key, c.header, FIELD_KIND.get(c.kind, c.kind), facts.get(c.key, ""),
                    complete=self.absent is Absent.NONE, help=c.help,
                )
                for c in self.columns
            ),
        )  # fmt: skip


ID_NO = FileColumn("id_no", "身份证号", "id_no", aliases=("公民身份号码", "身份证号码", "证件号码"))
NAME = FileColumn("name", "姓名", "name", required=True, aliases=("姓　名", "人员姓名"))
BIRTH_DATE = FileColumn("birth_date", "出生日期", "date", aliases=("出生年月日",))
ADDRESS = FileColumn("address", "住址", aliases=("户籍地址", "家庭住址", "地址"))
