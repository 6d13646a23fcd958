"""An import's two halves: check everything and save nothing; then, once confirmed, save all of it or nothing."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.history import told_as
from minzheng.foundation.registers.actions import filled, region_of
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.excel.batches import SIZE, batches
from minzheng.foundation.registers.excel.checking import Checker, existing, key_of
from minzheng.foundation.registers.excel.fields import import_questions
from minzheng.foundation.registers.excel.reading import open_sheet, typed_rows
from minzheng.foundation.registers.models import ImportRow, Job, JobState
from minzheng.foundation.registers.paths import field_at
from minzheng.foundation.registers.working import finish, progress


def check(job: Job, register: Register, access: Access) -> None:
    """Read the file, judge every row, keep the judgement. Nothing of the register changes."""
    checker = Checker(register, access)
    good = bad = changed = 0
    with job.file.open("rb") as file:
        sheet = open_sheet(file)
        for batch in batches(typed_rows(sheet, checker.questions)):
            rows = checker.check(batch)
            ImportRow.objects.bulk_create(
                ImportRow(
                    job=job,
                    number=row.number,
                    typed=row.typed,
                    cleaned=row.cleaned if row.is_good else {},
                    errors=row.errors,
                    is_good=row.is_good,
                    is_change=row.is_change,
                )
                for row in rows
            )
            good += sum(row.is_good for row in rows)
            bad += sum(not row.is_good for row in rows)
            changed += sum(row.is_good and row.is_change for row in rows)
            progress(job, good + bad)
    if not good + bad:
        raise Refused("表里没有内容。请从第2行起填写后再上传。")
    job.file.delete(save=False)  # every row is kept by itself; one copy of personal data less
    finish(job, JobState.CHECKED, good=good, bad=bad, changed=changed, added=good - changed)


def save(job: Job, register: Register, access: Access) -> None:
    """Write the good rows: all of them, or none. Rows that were kept as good are forgotten afterwards."""
    title = f"导入{register.title}"
    who = access.user.pk if access.user else None
    added = changed = 0
    good = job.rows.filter(is_good=True).order_by("number")
    try:
        with transaction.atomic(), told_as(f"{register.code}.import", title, who):
            for batch in batches(good.values_list("cleaned", flat=True).iterator(SIZE)):
                new, old = _write(register, access, batch)
                added, changed = added + len(new), changed + len(old)
                if rows := [*new, *old]:
                    record(
                        f"{register.code}.import",
                        title,
                        actor=access.user,
                        subject=job,
                        persons=register.persons(rows),
                        added=len(new),
                        changed=len(old),
                    )
    except IntegrityError:
        raise Refused("核对以后有人登记了同样的内容，这次什么也没有保存。请把文件重新上传一次。") from None
    job.rows.filter(is_good=True).delete()
    finish(job, JobState.DONE, added=added, changed=changed)


def _write(
    register: Register, access: Access, batch: list[dict[str, Any]]
) -> tuple[list[Model], list[Model]]:
    """Add and change one batch in three statements; a row that already says the same is left alone."""
    stored = existing(register, batch, lock=True)
    fields = {key: field for key in import_questions(register) if (field := field_at(register.model, key))}
    new, old = [], []
    for cleaned in batch:
        row = stored.get(key_of(register, cleaned))
        if row is None:
            row = filled(register, register.model(), cleaned)
            new.append(row)
        else:
            if not access.may(register.write, region_of(register, row)):
                raise Refused("核对以后有记录移到了其他区域，这次什么也没有保存。请把文件重新上传一次。")
            before = [getattr(row, field.attname) for field in fields.values()]
            typed = filled(register, register.model(), cleaned)
            for key in cleaned:
                setattr(row, fields[key].attname, getattr(typed, fields[key].attname))
            if before == [getattr(row, field.attname) for field in fields.values()]:
                continue
            old.append(row)
        if not access.may(register.write, region_of(register, row)):
            raise Refused("核对以后您的任职变了，这次什么也没有保存。请重新上传。")
    if register.imports and register.imports.ready:
        for row in [*new, *old]:
            register.imports.ready(row)
    register.model._default_manager.bulk_create(new)
    if old:
        register.model._default_manager.bulk_update(old, [field.name for field in fields.values()])
    return new, old
