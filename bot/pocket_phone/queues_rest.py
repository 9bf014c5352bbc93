"""Twilio's REST API of queues and of who waits in them, version 2010-04-01."""

from flask import Blueprint, Response, request

from bot.pocket_phone import errors
from bot.pocket_phone.calls.events import Goto
from bot.pocket_phone.calls.queues import Member, Queue
from bot.pocket_phone.calls_resources import member_json, queue_json
from bot.pocket_phone.errors import ApiError
from bot.pocket_phone.rest import authenticate, json_answer, refuse, set_account_aside, the_phone, whole_list

queues_rest = Blueprint("queues_rest", __name__, url_prefix="/2010-04-01/Accounts/<account_sid>")
queues_rest.url_value_preprocessor(set_account_aside)
queues_rest.before_request(authenticate)
queues_rest.register_error_handler(ApiError, refuse)


@queues_rest.get("/Queues.json")
def list_queues() -> Response:
    phone = the_phone()
    return json_answer(whole_list("queues", [queue_json(phone.settings, one) for one in phone.calls.queues.all()]))


@queues_rest.post("/Queues.json")
def create_queue() -> Response:
    phone, name = the_phone(), request.form.get("FriendlyName", "")
    if not name:
        raise errors.bad_parameter("FriendlyName", name)
    if phone.calls.queues.find(name):
        raise errors.queue_name_taken(name)
    return json_answer(queue_json(phone.settings, _set_size(phone.calls.queues.named(name))), 201)


@queues_rest.get("/Queues/<sid>.json")
def fetch_queue(sid: str) -> Response:
    return json_answer(queue_json(the_phone().settings, _queue(sid)))


@queues_rest.post("/Queues/<sid>.json")
def update_queue(sid: str) -> Response:
    queue, name = _queue(sid), request.form.get("FriendlyName")
    if name and name != queue.name:
        if the_phone().calls.queues.find(name):
            raise errors.queue_name_taken(name)
        the_phone().calls.queues.rename(queue, name)
    return json_answer(queue_json(the_phone().settings, _set_size(queue)))


@queues_rest.delete("/Queues/<sid>.json")
def remove_queue(sid: str) -> Response:
    if _queue(sid).members:
        raise errors.queue_not_empty()
    the_phone().calls.queues.remove(_queue(sid))
    return Response(status=204)


@queues_rest.get("/Queues/<sid>/Members.json")
def list_members(sid: str) -> Response:
    queue, settings = _queue(sid), the_phone().settings
    return json_answer(whole_list("queue_members", [member_json(settings, queue, one) for one in queue.members]))


@queues_rest.get("/Queues/<sid>/Members/<call_sid>.json")
def fetch_member(sid: str, call_sid: str) -> Response:
    queue = _queue(sid)
    return json_answer(member_json(the_phone().settings, queue, _member(queue, call_sid)))


@queues_rest.post("/Queues/<sid>/Members/<call_sid>.json")
def dequeue_member(sid: str, call_sid: str) -> Response:
    """Take somebody out of the queue and on to a document; `Front` is whoever is first."""
    queue = _queue(sid)
    member = _member(queue, call_sid)
    url = request.form.get("Url", "")
    if not url:
        raise errors.url_required()
    answer = member_json(the_phone().settings, queue, member)
    the_phone().calls.move_call(member.sid, Goto(url, request.form.get("Method", "POST").upper()))
    the_phone().calls.wait_settled(member.sid, 5)
    return json_answer(answer)


def _set_size(queue: Queue) -> Queue:
    text = request.form.get("MaxSize")
    if text is not None:
        if not text.isdecimal() or not 1 <= int(text) <= 5000:
            raise errors.bad_parameter("MaxSize", text)
        queue.max_size = int(text)
    return queue


def _queue(sid: str) -> Queue:
    queue = the_phone().calls.queues.of_sid(sid)
    if queue is None:
        raise errors.not_found(request.path)
    return queue


def _member(queue: Queue, call_sid: str) -> Member:
    members = queue.members
    member = next((one for one in members if call_sid in ("Front", one.sid)), None)
    if member is None:
        raise errors.not_found(request.path)
    return member
