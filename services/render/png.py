"""From SVG to PNG, by the typesetter that also makes pages to print (docs/adr/0014)."""

import re

WIDTH = 1080  # pixels: three for each of a phone 360 wide

# The words go in as data, never into the markup.
_PAGE = """#set page(width: {width}pt, height: {height}pt, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""
_SIZE = re.compile(r'<svg [^>]*width="(\d+)" height="(\d+)"')


def from_svg(svg: str) -> bytes:
    """The picture in the size that the SVG states, in pixels. The same SVG gives the same bytes everywhere:
    only the fonts inside typst are used."""
    import typst

    size = _SIZE.match(svg)
    assert size is not None, "an SVG states its size"
    page = _PAGE.format(width=size[1], height=size[2])
    made = typst.compile(
        page.encode(), format="png", ppi=72.0, sys_inputs={"svg": svg}, ignore_system_fonts=True
    )
    assert isinstance(made, bytes)
    return made
