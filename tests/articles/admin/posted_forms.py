"""What a browser would post from the forms of a page."""

from html.parser import HTMLParser


class Forms(HTMLParser):
    """The forms of a page that post: (address, [(name, value, kind of field)], whether it is a button's address).

    What is not sent as the page opens has no value: buttons, boxes without a tick.
    """

    def __init__(self):
        super().__init__()
        self.forms = []
        self.fields = self.chosen = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.fields = []
            if given.get("method", "").lower() == "post" and given.get("id") != "logout-form":
                self.forms.append((given.get("action"), self.fields, False))
        elif tag == "option" and self.chosen and (self.chosen[1] is None or "selected" in given):
            self.chosen[1] = given.get("value", "")
        elif tag in ("input", "select", "textarea", "button") and self.fields is not None and "name" in given:
            if given.get("formaction"):
                self.forms.append((given["formaction"], self.fields, True))
            field = [given["name"], sent_value(tag, given), given.get("type") or tag]
            self.fields.append(field)
            self.chosen = field if tag == "select" and "multiple" not in given else None

    def handle_endtag(self, tag):
        if tag == "form":
            self.fields = None


def sent_value(tag, given):
    """Return what a browser sends of this field as the page opens; of a choice, what its options say."""
    kind = given.get("type") or tag
    is_sent = "checked" in given if kind in ("checkbox", "radio") else kind not in ("button", "submit", "select")
    return (given.get("value") or ("on" if kind == "checkbox" else "")) if is_sent else None
