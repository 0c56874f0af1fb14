"""The report in a real browser: it opens with title and map, and prints on pages."""

import os
import re
import shutil
import subprocess

import pytest

from trucewatch.publish.formats import find_format

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)


@pytest.fixture(scope="module")
def browser():
    found = shutil.which("chromium")
    if found is None:
        message = "chromium is not installed: on Debian, apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="module")
def page(report, tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(find_format("html").render(report), encoding="utf-8")
    return file


def run(browser, page, *flags):
    profile = page.parent / "profile"
    command = [browser, *FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)


def test_the_page_opens_with_its_title_and_map(browser, page):
    shown = run(browser, page, "--dump-dom").stdout
    assert "Daily report No. 8" in shown
    assert "<svg" in shown and "</html>" in shown


def test_the_page_prints(browser, page):
    printed = page.with_suffix(".pdf")
    run(browser, page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    pages = len(re.findall(rb"/Type\s*/Page[^s]", printed.read_bytes()))
    assert 2 <= pages <= 40
