"""What programs print becomes text, in whichever encoding of Windows it comes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sen2chain_ts_plugin.engine.jobs import program_output
from sen2chain_ts_plugin.engine.jobs.program_output import of_system_program, of_unix_program
from tests.support.consoles import OEM

WORDS = "accès refusé : C:\\Données é\\père.xml\n"


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program_output, "sys", SimpleNamespace(platform="win32"))


def in_console(text: str) -> bytes:
    return text.encode(OEM, "replace")


def test_programs_of_windows_print_in_the_code_page_of_consoles(windows: None) -> None:
    assert of_system_program(in_console(WORDS)) == in_console(WORDS).decode(OEM)
    assert of_system_program(WORDS.encode("utf-16")) == WORDS


def test_programs_from_unix_print_utf_8_and_repeat_the_words_of_windows(windows: None) -> None:
    server, system = "rsync: mkdir « /données/区 » failed\n", "ssh: Hôte inconnu\r\n"
    assert of_unix_program(server.encode()) == server
    assert of_unix_program(in_console(system)) == in_console(system).decode(OEM)
    mixed = server.encode() + in_console(system) + server.encode()
    assert of_unix_program(mixed) == server + in_console(system).decode(OEM) + server


@pytest.mark.parametrize("read", [of_system_program, of_unix_program])
def test_elsewhere_all_is_utf_8(monkeypatch: pytest.MonkeyPatch, read: object) -> None:
    monkeypatch.setattr(program_output, "sys", SimpleNamespace(platform="linux"))
    assert read(WORDS.encode()) == WORDS
    assert read(b"caf\xe9\n") == "caf\ufffd\n"
    assert read(b"") == ""
