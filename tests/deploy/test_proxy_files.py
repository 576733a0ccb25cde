"""The sample files of the proxies are valid, and pass exactly the public paths of the gateway through."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram.settings import WEBHOOK_PATH as TELEGRAM_PATH
from bot.channels.whatsapp.connector import PATH as WHATSAPP_PATH

DEPLOY = Path(__file__).parents[2] / "deploy"
PUBLIC = {"/", "/chat", "/chat/", "/health", TELEGRAM_PATH, WHATSAPP_PATH}
CERTIFICATE = "/etc/letsencrypt/live/safar.example.org/"


@pytest.fixture
def certificate(tmp_path: Path) -> Iterator[Path]:
    make = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=safar.example.org")
    files = ("-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem"))
    subprocess.run([*make, *files], check=True, capture_output=True)
    yield tmp_path


def test_nginx_takes_its_file(certificate: Path) -> None:
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert CERTIFICATE in site
    (certificate / "site.conf").write_text(site.replace(CERTIFICATE, f"{certificate}/"), "utf-8")
    main = f"pid {certificate}/nginx.pid;\nevents {{}}\nhttp {{ include {certificate}/site.conf; }}\n"
    (certificate / "main.conf").write_text(main, "utf-8")
    looked = subprocess.run(
        ["nginx", "-t", "-p", str(certificate), "-c", str(certificate / "main.conf")], capture_output=True, text=True
    )
    assert "test is successful" in looked.stderr, looked.stderr


def test_caddy_takes_its_file() -> None:
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    looked = subprocess.run(command, capture_output=True, text=True)
    assert looked.returncode == 0, looked.stderr


def test_both_pass_the_public_paths_through_and_nothing_else() -> None:
    nginx = re.search(r"location ~ \^/\((.+)\) \{", (DEPLOY / "nginx.conf").read_text("utf-8"))
    caddy = re.search(r"@public path (.+)", (DEPLOY / "Caddyfile").read_text("utf-8"))
    assert nginx and caddy
    assert {"/" + part.rstrip("$") for part in nginx[1].split("|")} == PUBLIC
    assert {part.rstrip("*") for part in caddy[1].split()} == PUBLIC
