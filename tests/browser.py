"""Chromium for the tests of pages: no network but loopback, an empty profile, a phone's or a desk's window."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

PHONE = (360, 740)
DESK = (1280, 800)
WAIT_SECONDS = 15
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class Browser:
    """One window. Elements are named by CSS selectors; waiting fails with what the page shows."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, url: str) -> None:
        """Go to an address."""
        self.driver.get(url)

    def size(self, width: int, height: int) -> None:
        """A screen of this size; below 600 pixels it is a phone's."""
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)

    def dark(self, is_dark: bool = True) -> None:
        """Prefer dark colours."""
        feature = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def offline(self, is_offline: bool) -> None:
        """Cut the connection, or give it back."""
        line = {"offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.driver.execute_cdp_cmd("Network.enable", {})
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", line)

    def all(self, selector: str) -> list[WebElement]:
        """All elements of a selector, now."""
        found: list[WebElement] = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return found

    def one(self, selector: str) -> WebElement:
        """The first element, waited for until it is shown."""
        shown: list[WebElement] = []

        def is_shown() -> bool:
            shown[:] = [each for each in self.all(selector) if each.is_displayed()]
            return bool(shown)

        self.until(is_shown, selector)
        return shown[0]

    def texts(self, selector: str) -> list[str]:
        """What the elements show."""
        found: list[str] = self.run(
            "return [...document.querySelectorAll(arguments[0])].map((each) => each.innerText.trim())", selector
        )
        return found

    def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Wait until it holds."""
        try:
            changing = (StaleElementReferenceException,)  # the page was drawn anew while it was looked at
            waiting = WebDriverWait(self.driver, WAIT_SECONDS, poll_frequency=0.05, ignored_exceptions=changing)
            waiting.until(lambda _: holds())
        except TimeoutException as error:
            shown = self.run("return document.body.innerText")[-600:]
            raise AssertionError(f"waited in vain for {what}; the page shows: {shown}") from error

    def until_text(self, selector: str, words: str) -> None:
        """Wait until an element shows these words."""
        self.until(lambda: any(words in text for text in self.texts(selector)), f"{selector} with {words}")

    def run(self, script: str, *arguments: object) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(script, *arguments)

    def complaints(self) -> list[str]:
        """What the browser's console says against the page, except of a connection that was cut."""
        return [
            entry["message"]
            for entry in self.driver.get_log("browser")
            if entry["level"] == "SEVERE" and "net::ERR_INTERNET" not in entry["message"]
        ]

    def is_wider_than_screen(self) -> bool:
        """Whether one would have to scroll sideways."""
        return bool(self.run("return document.documentElement.scrollWidth > window.innerWidth"))


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """A browser with this empty folder as its profile."""
    options = Options()
    for argument in (*ARGUMENTS, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
