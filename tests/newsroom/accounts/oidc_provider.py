"""A provider of OpenID Connect on this machine: the authorization code flow with PKCE, ID tokens signed by RS256."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = ("newsroom", "geheim-und-lang")
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(ThreadingHTTPServer):
    """Signs in `person` without asking; `claims`, `userinfo`, `config` and `key` replace what it would say."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server_port}/realm"
        self.person = {"sub": "4711", "email": "awa@example.org", "email_verified": True}
        self.claims, self.userinfo, self.config, self.key, self.error = {}, {}, {}, KEY, ""
        self.asked = {}  # code → the query of the authorization request
        self.paths = []

    def document(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        } | self.config

    def token(self, form):
        """Return what the form of the token endpoint is answered; None where it proves nothing."""
        asked = self.asked.pop(form["code"], None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        is_client = (form.get("client_id"), form.get("client_secret")) == CLIENT
        if not asked or not is_client or asked["redirect_uri"] != form["redirect_uri"]:
            return None
        if asked["code_challenge_method"] != "S256" or asked["code_challenge"] != proof.decode().rstrip("="):
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT[0], "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        claims |= {"sub": self.person["sub"]} | self.claims
        id_token = jwt.encode(claims, self.key, "RS256", headers={"kid": "1"})
        return {"access_token": "zugang", "token_type": "Bearer", "id_token": id_token}


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self):
        where = urlsplit(self.path)
        self.server.paths.append(where.path)
        match where.path.removeprefix("/realm"):
            case "/.well-known/openid-configuration":
                self.answer(self.server.document())
            case "/authorize":
                self.authorize({name: values[0] for name, values in parse_qs(where.query).items()})
            case "/keys":
                key = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
                self.answer({"keys": [key | {"kid": "1"}]})
            case "/userinfo":
                self.answer(self.server.person | self.server.userinfo)
            case _:
                self.answer({}, 404)

    def do_POST(self):
        typed = self.rfile.read(int(self.headers["Content-Length"])).decode()
        found = self.server.token({name: values[0] for name, values in parse_qs(typed).items()})
        self.answer(found or {"error": "invalid_grant"}, 200 if found else 400)

    def authorize(self, asked):
        code = secrets.token_urlsafe()
        self.server.asked[code] = asked
        said = {"error": self.server.error} if self.server.error else {"code": code}
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(said | {'state': asked['state']})}")
        self.end_headers()

    def answer(self, content, status=200):
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args):
        pass


@contextmanager
def running_provider():
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield provider
    provider.shutdown()
    provider.server_close()
    thread.join()
