"""Calls every operation that botocore knows of, with the least that its model lets through.

Prints a line for each answer that AWS could not have given: none at all, a server error, a refusal
that does not name what it refuses. Then the number of operations.
"""
import sys

import botocore.exceptions
import botocore.session
from botocore import xform_name
from botocore.config import Config

SERVICES = [
    "apigateway", "cloudformation", "cloudfront", "cognito-idp", "dynamodb", "iam", "lambda",
    "logs", "s3", "sts",
]
# The client puts a word before the endpoint's name, which a local endpoint has no name for; or, for
# directory buckets, signs for S3 Express, which is a service of its own that is not here.
ELSEWHERE = {"GetLogObject", "StartLiveTail", "WriteGetObjectResponse", "ListDirectoryBuckets"}


def least(shape, name, depth=0):
    kind = shape.type_name
    if kind == "structure":
        members = shape.required_members if depth < 7 else []
        return {each: least(shape.members[each], each, depth + 1) for each in members}
    if kind == "list":
        return [least(shape.member, name, depth + 1)]
    if kind == "map":
        key = shape.key.enum[0] if shape.key.enum else "key"
        return {key: least(shape.value, name, depth + 1)}
    if kind == "string":
        if shape.enum:
            return shape.enum[0]
        if "arn" in name.lower():
            return "arn:aws:iam::000000000000:role/nobody"
        length = max(3, shape.metadata.get("min", 1))
        return ("abcdef" * length)[:length]
    return {
        "integer": max(1, shape.metadata.get("min", 1)),
        "long": max(1, shape.metadata.get("min", 1)),
        "float": 1.0,
        "double": 1.0,
        "boolean": True,
        "blob": b"abc",
        "timestamp": 1700000000,
    }[kind]


def odd(operation, call, arguments):
    """Returns what is odd about an answer, if anything."""
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as e:
        status = e.response["ResponseMetadata"]["HTTPStatusCode"]
        error = e.response["Error"]
        if status == 501 and operation in error.get("Message", ""):
            return None
        if status >= 500 or not error.get("Code"):
            return "%d %s %s" % (status, error.get("Code"), error.get("Message"))
    except botocore.exceptions.BotoCoreError as e:
        return repr(e)
    return None


session = botocore.session.get_session()
config = Config(
    retries={"max_attempts": 0}, read_timeout=20, parameter_validation=False,
    s3={"addressing_style": "path"},
)
count = 0
for service in SERVICES:
    client = session.create_client(service, config=config)
    for operation in client.meta.service_model.operation_names:
        if operation in ELSEWHERE:
            continue
        shape = client.meta.service_model.operation_model(operation).input_shape
        arguments = least(shape, "") if shape else {}
        what = odd(operation, getattr(client, xform_name(operation)), arguments)
        if what:
            print("%s %s %s: %s" % (service, operation, arguments, what))
        count += 1
print(count)
sys.exit(0)
