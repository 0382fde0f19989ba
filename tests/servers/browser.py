"""A real browser for tests: Chromium without a window and without a network, driven through its own driver."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--force-prefers-reduced-motion", "--host-resolver-rules=MAP * ~NOTFOUND")  # fmt: skip
LOGS = {"browser": "ALL", "performance": "ALL"}


class MissingError(Exception):
    """This machine has no browser that tests can drive."""


class Browser:
    """A page at a time; `run` answers what a JavaScript function body returns."""

    def __init__(self, driver: Any) -> None:
        """Takes over a driver of selenium."""
        self._driver = driver

    def open(
        self, path: Path, *, width: int = 1280, dark: bool = False, scripts: bool = True, media: str = "screen"
    ) -> None:
        """Shows a file in a window of a width in pixels, as screen or print."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.command("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 500
        )
        self._driver.get("about:blank")  # an address that differs in nothing but what follows # would not be read again
        self.messages()
        self.requests()
        self._driver.get(path.as_uri())

    def command(self, name: str, **parameters: Any) -> Any:
        """Sends a command of the DevTools protocol."""
        return self._driver.execute_cdp_cmd(name, parameters)

    def run(self, body: str, *arguments: Any) -> Any:
        """What the body of a JavaScript function returns."""
        return self._driver.execute_script(body, *arguments)

    def press(self, *keys: str) -> None:
        """Presses keys, one after the other, wherever the focus is."""
        from selenium.webdriver import ActionChains

        ActionChains(self._driver, duration=0).send_keys(*keys).perform()

    def click(self, selector: str) -> None:
        """Clicks the first element of a selector that is shown."""
        found = self._driver.find_elements("css selector", selector)
        next(element for element in found if element.is_displayed()).click()

    def messages(self) -> list[str]:
        """What the console said since the last call."""
        return [entry["message"] for entry in self._driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses that were asked for since the last call."""
        entries = (json.loads(entry["message"])["message"] for entry in self._driver.get_log("performance"))
        return [
            entry["params"]["request"]["url"] for entry in entries if entry["method"] == "Network.requestWillBeSent"
        ]

    def picture(self) -> bytes:
        """The whole page as a PNG."""
        return base64.b64decode(self.command("Page.captureScreenshot", captureBeyondViewport=True)["data"])


def _programs(names: Sequence[str]) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    if not found:
        raise MissingError(f"no {' or '.join(names)} here (Debian has chromium and chromium-driver)")
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser that runs until the context ends.

    Raises MissingError when this machine cannot have one.
    """
    try:
        from selenium import webdriver
    except ImportError as error:
        raise MissingError("selenium is not installed (it is in the dev extra)") from error
    options = webdriver.ChromeOptions()
    options.binary_location = _programs(PROGRAMS)
    for switch in SWITCHES:
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", LOGS)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(_programs(("chromedriver",))))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
