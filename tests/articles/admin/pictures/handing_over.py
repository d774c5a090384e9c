"""Files that are dropped or pasted on a part of a page."""

import base64

from tests.articles.renditions.pictures import jpeg

TRANSFER = """(target, [type, files]) => {
  const data = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name, { type: "image/jpeg" }));
  }
  const box = target.getBoundingClientRect();
  const place = { clientX: box.left + 20, clientY: box.top + 20, bubbles: true, cancelable: true };
  if (type === "paste") return target.dispatchEvent(new ClipboardEvent(type, { clipboardData: data, ...place }));
  target.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, ...place }));
  target.dispatchEvent(new DragEvent(type, { dataTransfer: data, ...place }));
}"""


def hand_over(locator, type, *sizes):
    files = [(f"{width}.jpg", base64.b64encode(jpeg(width, height)).decode()) for width, height in sizes]
    locator.evaluate(TRANSFER, [type, files])
