"""Letter tables kept readable."""


def pairs(text: str) -> dict[str, str]:
    """`"ж zh  ц ts"` → `{"ж": "zh", "ц": "ts"}`: alternating keys and values, parted by whitespace."""
    parts = iter(text.split())
    return dict(zip(parts, parts, strict=True))
