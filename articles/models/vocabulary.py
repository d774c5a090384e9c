"""The rows that make the vocabulary: tags, their other spellings and former addresses; what a change did to them.

A change is kept as the rows that it made, changed or deleted, before and after, whole. To undo it is to put the rows of
before in the place of those of after, where these still stand as the change left them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models.former_address import FormerAddress, plain_path

VocabularyRow = dict[str, Any]  # column → JSON value
VocabularyRows = dict[tuple[str, int], VocabularyRow]  # by table and id
VocabularyDifference = tuple[str, VocabularyRow | None, VocabularyRow | None]  # table, before, after

COUNTED = {"story_count", "last_used_at"}  # which follow from the links


def read_rows(tags: Iterable[int]) -> VocabularyRows:
    """Return the rows of these tags and of their aliases. Two queries."""
    return _by_table([*_table("tag").filter(pk__in=tags), *_table("tagalias").filter(tag__in=tags)])


def read_addresses(tags: Iterable[int], paths: Iterable[str]) -> VocabularyRows:
    """Return the former addresses that lead to these tags, and those at these paths. One query."""
    return _by_table(FormerAddress.objects.filter(Q(tag__in=tags) | Q(path__in=paths)))


def forget_addresses_of_new_aliases(before: VocabularyRows, after: VocabularyRows) -> VocabularyRows:
    """Delete the former addresses where new aliases answer now, but not those that lead to their tag; return them."""
    new = {key: row for key, row in after.items() if key[0] == "tagalias" and key not in before}
    if not new:
        return {}
    others = FormerAddress.objects.filter(path__in=paths_of(new)).exclude(
        tag__in={row["tag_id"] for row in new.values()}
    )
    rows = _by_table(others)
    FormerAddress.objects.forget(sorted(paths_of(rows)))
    return rows


def paths_of(rows: VocabularyRows) -> set[str]:
    return {row["path"] if table == "formeraddress" else path_of(row["slug"]) for (table, _pk), row in rows.items()}


def path_of(slug: str) -> str:
    """Return the path of the page of a tag with this slug."""
    return plain_path(_table("tag").model(slug=slug))


def changed_rows(before: VocabularyRows, after: VocabularyRows) -> list[VocabularyDifference]:
    keys = sorted(before.keys() | after.keys())
    return [(key[0], before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)]


def restore_rows(differences: list[VocabularyDifference]) -> list[str]:
    """Restore the rows as they were before. Returns the names and paths that now belong to another tag and stay there.

    An address that only the change gave goes on leading to its tag: readers may have kept it. Raises ValidationError
    when a tag cannot have its name or address again.
    """
    differences = [(table, _current(table, before), _current(table, after)) for table, before, after in differences]
    lost = [_text(table, after) for table, before, after in differences if not before and not _remove(table, after)]
    returning = [
        before["id"] for table, before, after in differences if table == "tagalias" and before and _stands(table, after)
    ]
    for table, before, after in differences:
        if table == "tag" and before:
            _restore_tag(before, after, returning)
    others = [(table, before, after) for table, before, after in differences if table != "tag" and before]
    lost += [_text(table, before) for table, before, after in others if not _restore_row(table, before, after)]
    for table, _before, after in differences:
        if after and table != "formeraddress":
            _keep_answering(after["slug"], after["key"], after["id"] if table == "tag" else after["tag_id"])
    return lost


def _by_table(found: Iterable[models.Model]) -> VocabularyRows:
    return {(str(row._meta.model_name), row.pk): _written(row) for row in found}


def _current(table: str, row: VocabularyRow | None) -> VocabularyRow | None:
    """Leave out columns that a table no longer has: a record may be older than the newest migration."""
    columns = {field.attname for field in _table(table).model._meta.concrete_fields}
    return row and {name: value for name, value in row.items() if name in columns}


def _stands(table: str, row: VocabularyRow | None) -> bool:
    """Return whether this row is still as the change left it."""
    return not row or bool(_table(table).filter(**row).exists())


def _remove(table: str, row: VocabularyRow | None) -> bool:
    """Delete what a change made, unless somebody changed it since; what is gone is no loss."""
    assert row is not None  # noqa: S101 - a difference has at least one side
    standing = _table(table).filter(pk=row["id"])
    return not standing.exists() or bool(standing.filter(**row).delete()[0])


def _restore_tag(before: VocabularyRow, after: VocabularyRow | None, returning: list[int]) -> None:
    """Restore a tag. `returning` are the aliases that come back after it, which are not in its way."""
    tags = _table("tag")
    changed = {name: value for name, value in before.items() if not after or value != after[name]}
    if after and changed.keys() == {"description"}:
        tags.filter(pk=before["id"], description=after["description"]).update(**changed)
        return
    if after and not tags.filter(pk=before["id"], **{name: after[name] for name in changed}).exists():
        raise ValidationError(_("“%(tag)s” has since been changed again."), params={"tag": before["name"]})
    _require_free(before, returning)
    if after:
        tags.filter(pk=before["id"]).update(**changed)
    else:
        models.Model.save(_read("tag", before), force_insert=True)


def _require_free(row: VocabularyRow, returning: list[int]) -> None:
    wanted = Q(key=row["key"]) | Q(slug=row["slug"])
    aliases = _table("tagalias").filter(wanted).exclude(tag=row["id"]).exclude(pk__in=returning)
    alias = aliases.select_related("tag").first()
    other = _table("tag").filter(wanted).exclude(pk=row["id"]).first() or (alias and alias.tag)
    if other:
        raise ValidationError(
            _("The name or the address of “%(name)s” now leads to “%(tag)s”."),
            code="taken",
            params={"name": row["name"], "tag": other},
        )


def _restore_row(table: str, before: VocabularyRow, after: VocabularyRow | None) -> bool:
    """Restore an alias or a former address. Returns whether it is what it was."""
    if before["tag_id"] and not _table("tag").filter(pk=before["tag_id"]).exists():
        return False
    if _is_taken(table, before):
        return False
    if after:
        return bool(_table(table).filter(**after).update(**before))
    models.Model.save(_read(table, before), force_insert=True)
    return True


def _is_taken(table: str, row: VocabularyRow) -> bool:
    """Return whether something else has this name, or answers at this address, today."""
    others = _table(table).exclude(pk=row["id"])
    if table == "formeraddress":
        return bool(others.filter(path=row["path"]).exists())
    tags = _table("tag")
    return bool(
        others.filter(Q(key=row["key"]) | Q(slug=row["slug"])).exists()
        or tags.filter(key=row["key"]).exists()
        or tags.filter(slug=row["slug"]).exclude(pk=row["tag_id"]).exists()
    )


def _keep_answering(slug: str, key: str, tag: int) -> None:
    """Let an address that was served lead to the tag that has its spelling today, or else to this one."""
    path = path_of(slug)
    answered = (
        _table("tag").filter(slug=slug).exists()
        or _table("tagalias").filter(slug=slug).exists()
        or FormerAddress.objects.filter(path=path).exists()
    )
    if not answered:
        named = _table("tag").filter(Q(key=key) | Q(aliases__key=key)).first()
        FormerAddress.objects.create(path=path, tag_id=named.pk if named else tag)


def _table(name: str) -> Any:
    return apps.get_model("articles", name)._default_manager


def _written(row: models.Model) -> VocabularyRow:
    """Return its columns as JSON takes them, to the microsecond."""
    fields = {field.attname: field for field in row._meta.concrete_fields if field.name not in COUNTED}
    values = {name: getattr(row, name) for name in fields}
    plain = (str, int, type(None))
    return {
        name: value if isinstance(value, plain) else fields[name].value_to_string(row) for name, value in values.items()
    }


def _read(table: str, row: VocabularyRow) -> models.Model:
    model: type[models.Model] = apps.get_model("articles", table)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in row.items()})


def _text(table: str, row: VocabularyRow | None) -> str:
    return row["path" if table == "formeraddress" else "name"] if row else ""
