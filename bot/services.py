"""What the views of the web share, made once per process."""

from dataclasses import dataclass

from flask import Flask
from redis import Redis
from twilio.request_validator import RequestValidator

from bot.config import Config
from models.session import Database


@dataclass(frozen=True, slots=True)
class Services:
    """The settings, the records, Redis (short time-outs), and who tells whether a request is the carrier's."""

    config: Config
    database: Database
    redis: Redis
    validator: RequestValidator
    public_url: str


def lend(app: Flask, services: Services) -> None:
    """Make `services` those of `app`."""
    app.extensions["dutyline"] = services


def services_of(app: Flask) -> Services:
    """The services of `app`."""
    services: Services = app.extensions["dutyline"]
    return services
