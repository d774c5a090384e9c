"""Addresses and forms of the tag desk."""

from django.urls import reverse


def get_page(tag):
    return reverse("admin:articles_tag_change", args=[tag.pk])


def merge(*tags, **more):
    query = "&".join([f"tags={ids(*tags)}", *(f"{name}={value}" for name, value in more.items())])
    return f"{reverse('admin:articles_tag_merge')}?{query}"


def ids(*tags):
    return ",".join(str(tag.pk) for tag in tags)


def undo(change):
    return reverse("admin:articles_tag_undo", args=[change.pk])


def delete(tag):
    return reverse("admin:articles_tag_delete", args=[tag.pk])


def form(tag, *aliases, **typed):
    """Return what a browser posts from a tag's form, with these new spellings."""
    names = {f"aliases-{number}-name": name for number, name in enumerate(aliases)}
    return {"name": tag.name, "slug": tag.slug, "description": tag.description} | inline(len(aliases)) | names | typed


def inline(total=0):
    return {"aliases-TOTAL_FORMS": total, "aliases-INITIAL_FORMS": 0}


def stored(tag, **typed):
    """Return the form with the spellings that the tag has; typed["out"] is one to remove."""
    out = typed.pop("out", None)
    fields = {}
    for number, alias in enumerate(tag.aliases.order_by("name")):
        fields |= {f"aliases-{number}-id": alias.pk, f"aliases-{number}-tag": tag.pk}
        fields[f"aliases-{number}-name"] = alias.name
        fields |= {f"aliases-{number}-DELETE": "on"} if alias == out else {}
    count = tag.aliases.count()
    return form(tag, **typed) | {"aliases-TOTAL_FORMS": count, "aliases-INITIAL_FORMS": count} | fields


def run_action(name, *tags):
    """Post what the list posts for an action."""
    return {"action": name, "_selected_action": [tag.pk for tag in tags]}
