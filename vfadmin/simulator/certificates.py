"""A throw-away certificate authority and a server certificate for loopback, made at start."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from vfadmin.simulator.config import TlsProfile

_LIFETIME = timedelta(days=30)
_Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_SHA256_RSA, _SHA1_RSA = bytes.fromhex("2a864886f70d01010b"), bytes.fromhex("2a864886f70d010105")
"""The object identifiers of PKCS #1's signatures (RFC 8017, A.2.4), which differ in their last byte."""
_OLD_CIPHERS = "ECDHE+AES:RSA+AES:@SECLEVEL=0"
"""What Windows Server 2008 R2 prefers."""


@dataclass(frozen=True, slots=True)
class ServerCertificate:
    """Where the CA certificate is, the server's TLS context, and what channel bindings are made of."""

    ca_file: Path
    context: ssl.SSLContext
    channel_binding: bytes


def make_certificate(directory: Path, profile: TlsProfile = "modern") -> ServerCertificate:
    """Make a CA and a certificate for localhost, 127.0.0.1 and ::1, and keep both in a directory (keys 0600).

    A CA that is there already is used again, so that clients which trust it still do after a restart.
    """
    old = profile == "2010"
    stem = "ca-2010" if old else "ca"
    ca_file, ca_key_file = directory / f"{stem}.pem", directory / f"{stem}.key"
    if ca_file.exists() and ca_key_file.exists() and _still_valid(ca_file):
        ca = x509.load_pem_x509_certificate(ca_file.read_bytes())
        loaded = serialization.load_pem_private_key(ca_key_file.read_bytes(), None)
        assert isinstance(loaded, _Key)  # noqa: S101 (written below)
        ca_key: _Key = loaded
    else:
        ca_key = _made_key(2048 if old else None)
        ca = _authority(ca_key)
        ca_file.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
        _write_key(ca_key_file, ca_key)
    key = _made_key(1024 if old else None)
    certificate = _server(key, ca, ca_key)
    if isinstance(ca_key, rsa.RSAPrivateKey):
        certificate = _signed_with_sha1(certificate, ca_key)
    chain, key_file = directory / "server.pem", directory / "server.key"
    pem = serialization.Encoding.PEM
    chain.write_bytes(certificate.public_bytes(pem) + ca.public_bytes(pem))
    _write_key(key_file, key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if old:
        context.set_ciphers(_OLD_CIPHERS)
        # The lowest version there is, TLS 1.0, and no other; naming it is deprecated.
        context.minimum_version = context.maximum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    else:
        context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(chain, key_file)
    der = certificate.public_bytes(serialization.Encoding.DER)
    # RFC 5929, 4.1: the certificate's hash, by its own signature's function; SHA-256 in place of SHA-1.
    return ServerCertificate(ca_file, context, b"tls-server-end-point:" + hashlib.sha256(der).digest())


def _made_key(bits: int | None) -> _Key:
    """An RSA key of so many bits, or one of a curve."""
    return ec.generate_private_key(ec.SECP256R1()) if bits is None else rsa.generate_private_key(65537, bits)


def _signed_with_sha1(made: x509.Certificate, ca_key: rsa.RSAPrivateKey) -> x509.Certificate:
    """The same certificate as an authority of that time signed it, which the library refuses to do."""
    inner = made.tbs_certificate_bytes.replace(_SHA256_RSA, _SHA1_RSA, 1)
    signature = ca_key.sign(inner, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 (it is what it is about)
    der = made.public_bytes(serialization.Encoding.DER).replace(_SHA256_RSA, _SHA1_RSA)
    der = der.replace(made.signature, signature)
    return x509.load_der_x509_certificate(der)


def _still_valid(path: Path) -> bool:
    return x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc > datetime.now(
        UTC
    ) + timedelta(days=7)


def _write_key(path: Path, key: _Key) -> None:
    form = serialization.PrivateFormat.PKCS8
    pem = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pem)


def _builder(subject: str, issuer: x509.Name | None, key: _Key) -> x509.CertificateBuilder:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer or name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _LIFETIME)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, ca: bool, key_encipherment: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=False,
        key_encipherment=key_encipherment,
        data_encipherment=False,
        key_agreement=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _authority(key: _Key) -> x509.Certificate:
    builder = _builder("Simulated Exchange CA", None, key)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return builder.add_extension(_usage(ca=True), critical=True).sign(key, hashes.SHA256())


def _server(key: _Key, ca: x509.Certificate, ca_key: _Key) -> x509.Certificate:
    loopback = [ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1")]
    names = [x509.DNSName("localhost"), *(x509.IPAddress(address) for address in loopback)]
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    return (
        _builder("localhost", ca.subject, key)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(ca=False, key_encipherment=isinstance(key, rsa.RSAPrivateKey)), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(authority, critical=False)
        .sign(ca_key, hashes.SHA256())
    )
