"""An HTTPS server on loopback that answers what it is told, for answers no healthy Exchange gives."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SOAP_HEAD = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
    ' xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"'
    ' xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"'
    ' xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">'
)


def soap(body: str, build: str = "15 1 2507 6") -> bytes:
    """A whole SOAP answer around a body."""
    parts = ("MajorVersion", "MinorVersion", "MajorBuildNumber", "MinorBuildNumber")
    info = " ".join(f'{name}="{value}"' for name, value in zip(parts, build.split(), strict=bool(build)))
    header = f"<s:Header><t:ServerVersionInfo {info}/></s:Header>" if build else ""
    head = f'<?xml version="1.0" encoding="utf-8"?>{SOAP_HEAD}{header}'
    return f"{head}<s:Body>{body}</s:Body></s:Envelope>".encode()


def fault(code: str, values: str = "") -> bytes:
    """A SOAP fault with a response code."""
    return soap(
        f"<s:Fault><faultcode>a:{code}</faultcode><faultstring>No.</faultstring><detail>"
        f"<e:ResponseCode>{code}</e:ResponseCode><t:MessageXml>{values}</t:MessageXml></detail></s:Fault>"
    )


def message(operation: str, content: str = "", code: str = "NoError") -> str:
    """One response message."""
    kind = "Success" if code == "NoError" else "Error"
    return (
        f'<m:{operation}ResponseMessage ResponseClass="{kind}"><m:ResponseCode>{code}</m:ResponseCode>'
        f"{content}</m:{operation}ResponseMessage>"
    )


def answer(operation: str, *messages: str) -> bytes:
    """A whole answer of response messages."""
    inside = "".join(messages)
    return soap(
        f"<m:{operation}Response><m:ResponseMessages>{inside}</m:ResponseMessages></m:{operation}Response>"
    )


@dataclass
class Canned:
    """One answer; ``reset`` breaks the connection after the head, ``hold`` waits for the event first.

    ``made`` makes the answer from the request's headers and body.
    """

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    reset: bool = False
    hold: threading.Event | None = None
    dateless: bool = False
    chunked: bool = False
    made: Callable[[dict[str, str], bytes], Canned] | None = None


@dataclass
class Server:
    """The running server. The last answer is given again when the others are used up."""

    url: str
    ca_file: str
    answers: list[Canned]
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self) -> Canned:
        with self.lock:
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        return  # a client that refuses the certificate or leaves is part of the tests


@contextmanager
def serving(
    folder: Path, *answers: Canned, host: str = "127.0.0.1", expired: bool = False
) -> Iterator[Server]:
    """Serve the answers; the certificate names ``host``."""
    certificate, key = _certificate(folder, host, expired=expired)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body are written apart; without this the second waits for the first's receipt.
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            with server.lock:
                server.requests.append((dict(self.headers), body))
            given = server.next()
            server.arrived.release()
            if given.hold is not None:
                given.hold.wait(30)
            if given.made is not None:
                given = given.made(dict(self.headers), body)
            self.send_response_only(given.status)
            if not given.dateless:
                self.send_header("Date", self.date_time_string())
            for name, value in given.headers:
                self.send_header(name, value)
            self.send_header(*_framing(given))
            self.end_headers()
            self.wfile.write(_in_chunks(given.body) if given.chunked else given.body)
            self.close_connection = self.close_connection or given.reset

        def log_message(self, *_: object) -> None:
            return

    httpd = _Quiet(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    httpd.socket = context.wrap_socket(httpd.socket, server_side=True, do_handshake_on_connect=False)
    server = Server(
        f"https://127.0.0.1:{httpd.server_port}/ews/exchange.asmx", str(certificate), list(answers)
    )
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join(5)


def _framing(given: Canned) -> tuple[str, str]:
    if given.chunked:
        return "Transfer-Encoding", "chunked"
    return "Content-Length", str(len(given.body) + (10 if given.reset else 0))


def _in_chunks(body: bytes, size: int = 100) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x;note=x\r\n%b\r\n" % (len(piece), piece) for piece in (*pieces, b""))


def closed_port() -> int:
    """A port on loopback at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _certificate(folder: Path, host: str, *, expired: bool) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Canned")])
    end = dt.datetime.now(dt.UTC) + dt.timedelta(days=-1 if expired else 30)
    kind = x509.IPAddress(ipaddress.ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(end - dt.timedelta(days=60))
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([kind]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, secret
