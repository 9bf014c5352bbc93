"""Webhooks into an application of this same process, without a socket: for tests and transcripts."""

from collections.abc import Callable, Mapping
from wsgiref.types import WSGIApplication

from werkzeug.test import Client

from bot.pocket_phone.post import HTTP_RETRIEVAL_FAILURE, Answer, signed_request

# Whatever carries a webhook to the application; the one over sockets is bot.pocket_phone.post.post_signed.
Post = Callable[..., Answer]


def post_into(application: WSGIApplication) -> Post:
    """What hands signed requests to this WSGI application."""

    def post(url: str, fields: Mapping[str, str], auth_token: str, *, token: str, method: str = "POST") -> Answer:
        request = signed_request(url.partition("#")[0], fields, auth_token, token=token, method=method)
        response = Client(application).open(
            request.path,
            method=request.method,
            base_url=f"{request.url.scheme}://{request.url.netloc}",
            data=request.body,
            headers=request.headers,
        )
        error = None if response.status_code < 300 else HTTP_RETRIEVAL_FAILURE
        return Answer(response.status_code, response.mimetype or "", response.get_data(), error)

    return post
