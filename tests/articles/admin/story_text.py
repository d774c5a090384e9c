"""The text of a story in its form, in a browser."""

# ProseMirror waits as long after the text got the focus, and puts a cursor that it has not heard of yet back.
PUT_BACK = "() => new Promise((done) => setTimeout(done, 20))"


def click_into(text):
    """Click into the text, or a paragraph of it. A key that moves the cursor may then follow at once."""
    text.click()
    text.page.evaluate(PUT_BACK)
