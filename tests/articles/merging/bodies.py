"""Bodies of stories for property tests."""

from hypothesis import strategies as st

PARAGRAPH = st.text("abc é", min_size=1, max_size=6).map(lambda text: f"<p>{text}</p>")
BODY = st.lists(PARAGRAPH, max_size=6).map("".join)
