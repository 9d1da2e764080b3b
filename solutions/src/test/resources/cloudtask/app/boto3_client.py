"""What a program in Python does with boto3, told nothing but AWS_ENDPOINT_URL.

Called with the ids of a user pool and its client, an e-mail address and a password, the name of the
table, of a function, and of a bucket. Prints a line for each thing that went well; anything else is
a traceback and exit code 1.
"""
import base64, datetime, hashlib, hmac, io, json, os, sys, threading, urllib.request

import boto3
from boto3.dynamodb.conditions import Key
from botocore.exceptions import ClientError, WaiterError

pool_id, client_id, email, password, table_name, function, bucket = sys.argv[1:8]


def code(call, **arguments):
    """Returns the code of the error that a call must end in."""
    try:
        call(**arguments)
    except ClientError as e:
        return e.response["Error"]["Code"]
    raise AssertionError("nothing was refused: %s" % arguments)


def done(what):
    print("ok " + what, flush=True)


# ---- Secure Remote Password, as AWS's SDKs for browsers do it (RFC 5054, and Cognito's own HKDF)
N = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
G = 2


def padded(number):
    text = "%x" % number
    if len(text) % 2:
        text = "0" + text
    elif text[0] in "89abcdef":
        text = "00" + text
    return bytes.fromhex(text)


def sha(data):
    return hashlib.sha256(data).digest()


def number(data):
    return int.from_bytes(data, "big")


def answers(challenge, secret, public, word):
    parameters = challenge["ChallengeParameters"]
    user = parameters["USER_ID_FOR_SRP"]
    server = int(parameters["SRP_B"], 16)
    salt = int(parameters["SALT"], 16)
    k = number(sha(padded(N) + padded(G)))
    u = number(sha(padded(public) + padded(server)))
    x = number(sha(padded(salt) + sha((pool_id.split("_")[1] + user + ":" + word).encode())))
    shared = pow(server - k * pow(G, x, N), secret + u * x, N)
    extracted = hmac.new(padded(u), padded(shared), hashlib.sha256).digest()
    key = hmac.new(extracted, b"Caldera Derived Key\x01", hashlib.sha256).digest()[:16]
    now = datetime.datetime.now(datetime.timezone.utc)
    stamp = now.strftime("%a %b ") + str(now.day) + now.strftime(" %H:%M:%S UTC %Y")
    block = base64.b64decode(parameters["SECRET_BLOCK"])
    message = pool_id.split("_")[1].encode() + user.encode() + block + stamp.encode()
    return {
        "USERNAME": user,
        "TIMESTAMP": stamp,
        "PASSWORD_CLAIM_SECRET_BLOCK": parameters["SECRET_BLOCK"],
        "PASSWORD_CLAIM_SIGNATURE": base64.b64encode(
            hmac.new(key, message, hashlib.sha256).digest()
        ).decode(),
    }


def sign_in(idp, client, word):
    secret = number(os.urandom(128))
    public = pow(G, secret, N)
    challenge = idp.initiate_auth(
        ClientId=client,
        AuthFlow="USER_SRP_AUTH",
        AuthParameters={"USERNAME": email, "SRP_A": "%x" % public},
    )
    assert challenge["ChallengeName"] == "PASSWORD_VERIFIER", challenge
    return idp.respond_to_auth_challenge(
        ClientId=client,
        ChallengeName="PASSWORD_VERIFIER",
        ChallengeResponses=answers(challenge, secret, public, word),
    )


idp = boto3.client("cognito-idp")
srp_client = idp.create_user_pool_client(
    UserPoolId=pool_id,
    ClientName="boto3",
    ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
)["UserPoolClient"]["ClientId"]
try:
    tokens = sign_in(idp, srp_client, password)["AuthenticationResult"]
    assert tokens["TokenType"] == "Bearer" and tokens["ExpiresIn"] == 3600, tokens
    claims = json.loads(base64.urlsafe_b64decode(tokens["IdToken"].split(".")[1] + "=="))
    assert claims["email"] == email and claims["aud"] == srp_client, claims
    done("SRP signs in")
    assert code(lambda: sign_in(idp, srp_client, "Wrong-Horse-7")) == "NotAuthorizedException"
    done("SRP refuses a wrong password")
    user = idp.get_user(AccessToken=tokens["AccessToken"])
    assert {"Name": "email", "Value": email} in user["UserAttributes"], user
    done("the access token reads its user")
finally:
    idp.delete_user_pool_client(UserPoolId=pool_id, ClientId=srp_client)

# ---- S3: the transfer manager, resources, paginators, presigned requests
s3 = boto3.client("s3")
s3.create_bucket(Bucket=bucket)
data = os.urandom(12 * 1024 * 1024)
s3.upload_fileobj(io.BytesIO(data), bucket, "large", ExtraArgs={"Metadata": {"a": "b"}})
back = io.BytesIO()
s3.download_fileobj(bucket, "large", back)
assert back.getvalue() == data
assert s3.head_object(Bucket=bucket, Key="large")["ETag"].endswith('-2"')
done("a large object goes up and down in parts")
threads = [
    threading.Thread(target=s3.put_object, kwargs={"Bucket": bucket, "Key": "n/%02d" % n})
    for n in range(20)
]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
pages = list(
    s3.get_paginator("list_objects_v2").paginate(
        Bucket=bucket, Prefix="n/", PaginationConfig={"PageSize": 6}
    )
)
assert [len(page["Contents"]) for page in pages] == [6, 6, 6, 2], pages
done("a listing comes in pages")
s3.get_waiter("object_exists").wait(Bucket=bucket, Key="n/00")
text = {"Content-Type": "text/plain"}
put = s3.generate_presigned_url(
    "put_object", {"Bucket": bucket, "Key": "by-url", "ContentType": "text/plain"}, ExpiresIn=60
)
urllib.request.urlopen(urllib.request.Request(put, b"by url", text, method="PUT"))
get = s3.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "by-url"}, ExpiresIn=60)
assert urllib.request.urlopen(get).read() == b"by url"
done("presigned URLs write and read")
assert code(s3.get_object, Bucket=bucket, Key="nothing") == "NoSuchKey"
assert code(s3.put_object, Bucket=bucket, Key="n/00", IfNoneMatch="*") == "PreconditionFailed"
wrong = boto3.client("s3", aws_access_key_id="test", aws_secret_access_key="wrong")
assert code(wrong.list_objects_v2, Bucket=bucket) == "SignatureDoesNotMatch"
unknown = boto3.client("s3", aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="test")
assert code(unknown.list_objects_v2, Bucket=bucket) == "InvalidAccessKeyId"
done("S3 refuses in its own words")
boto3.resource("s3").Bucket(bucket).objects.all().delete()
s3.delete_bucket(Bucket=bucket)
s3.get_waiter("bucket_not_exists").wait(Bucket=bucket)
done("a bucket is emptied and deleted")

# ---- DynamoDB: the resource, conditions, batches
table = boto3.resource("dynamodb").Table(table_name)
with table.batch_writer() as batch:
    for n in range(60):
        batch.put_item(Item={"userId": "boto3", "taskId": "%03d" % n, "n": n})
found, start = [], {}
while True:
    page = table.query(KeyConditionExpression=Key("userId").eq("boto3"), Limit=25, **start)
    found += page["Items"]
    if "LastEvaluatedKey" not in page:
        break
    start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
assert [int(item["n"]) for item in found] == list(range(60)), found
done("sixty items are written in batches and read in pages")
with table.batch_writer() as batch:
    for item in found:
        batch.delete_item(Key={"userId": "boto3", "taskId": item["taskId"]})
assert table.query(KeyConditionExpression=Key("userId").eq("boto3"))["Count"] == 0
assert code(table.get_item, Key={"userId": "boto3"}) == "ValidationException"
done("DynamoDB refuses in its own words")

# ---- Lambda, CloudFormation, STS
answer = boto3.client("lambda").invoke(FunctionName=function, Payload=b"{}")
assert answer["StatusCode"] == 200 and json.loads(answer["Payload"].read()), answer
done("a function answers")
cloudformation = boto3.client("cloudformation")
assert code(cloudformation.describe_stacks, StackName="no-such-stack") == "ValidationError"
try:
    cloudformation.get_waiter("stack_create_complete").wait(StackName="no-such-stack")
    raise AssertionError("waited for nothing")
except WaiterError as e:
    assert "ValidationError" in str(e), e
done("a waiter gives up at once")
assert boto3.client("sts").get_caller_identity()["Account"] == "000000000000"
done("STS knows the account")
