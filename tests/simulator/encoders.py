# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the frameworks of the platform encode text; they escape more than Python does."""


def html_of_dotnet(text: str) -> str:
    """As HtmlEncoder.Default of .NET: beyond ASCII, and some signs, as hexadecimal references."""
    named = {'"': "&quot;", "&": "&amp;", "<": "&lt;", ">": "&gt;"}
    return "".join(
        named.get(sign) or (f"&#x{ord(sign):X};" if sign in "'+" or not " " <= sign <= "~" else sign) for sign in text
    )


def json_of_dotnet(text: str) -> str:
    """As System.Text.Json: beyond ASCII, and signs that mean something in HTML, as escapes."""
    written = []
    for sign in text:
        if sign == "\\":
            written.append("\\\\")
        elif sign in "\"'&<>+`" or not " " <= sign <= "~":
            wide = sign.encode("utf-16-be", "surrogatepass")
            written += [f"\\u{wide[at]:02X}{wide[at + 1]:02X}" for at in range(0, len(wide), 2)]
        else:
            written.append(sign)
    return "".join(written)
