"""Run as a program of its own: draws the first pages of the PDF or the picture on standard input as PNG files.

A file of a few kilobytes can make a drawing library crash or ask for more memory than the machine has. Here that ends
this process and nothing else. It therefore imports nothing of the portal. Prints {"pages": number}.
"""

import json
import resource
import sys
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

WIDTH, HEIGHT = 1100, 1600


def main(arguments: list[str]) -> None:
    """Arguments: "pdf" or "picture", folder for the files, most pages, megabytes of memory, seconds of processor."""
    kind, folder, most, memory, seconds = arguments
    resource.setrlimit(resource.RLIMIT_AS, (int(memory) * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds),) * 2)
    data = sys.stdin.buffer.read()
    pages = draw_pdf(data, Path(folder), int(most)) if kind == "pdf" else draw_picture(data, Path(folder))
    sys.stdout.write(json.dumps({"pages": pages}))


def draw_pdf(data: bytes, folder: Path, most: int) -> int:
    """Draw the first pages, each to fit; returns how many pages there are."""
    document = pypdfium2.PdfDocument(data)
    for number in range(min(most, len(document))):
        page = document[number]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), HEIGHT / max(height, 1), 4)
        save(page.render(scale=scale, may_draw_forms=False).to_pil(), folder, number)
    return len(document)


def draw_picture(data: bytes, folder: Path) -> int:
    """Draw the picture the right way up, without what its file says besides; it is one page."""
    Image.MAX_IMAGE_PIXELS = None  # the number of pixels was checked; the limit on memory holds whatever it states
    with Image.open(BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as picture:
        picture.draft("RGB", (WIDTH, HEIGHT))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((WIDTH, HEIGHT))
        save(upright, folder, 0)
    return 1


def save(picture: Image.Image, folder: Path, number: int) -> None:
    """Only the pixels are written."""
    plain = picture.convert("RGBA" if picture.mode in ("RGBA", "LA", "PA") else "RGB")
    plain.info.clear()
    plain.save(folder / f"{number}.png", "PNG")


if __name__ == "__main__":
    main(sys.argv[1:])
