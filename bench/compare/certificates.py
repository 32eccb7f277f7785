"""Certificates that the candidates show: made anew for each folder, never committed."""
import os
import shutil
import subprocess

KINDS = (("ec", ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]), ("rsa", ["rsa:2048"]))


def make(folder):
    """makes what is not there yet; returns the placeholders {cert_ec} {key_ec} {pem_ec} {cert_rsa} {key_rsa} {pem_rsa}"""
    values = {}
    for kind, algorithm in KINDS:
        key, certificate, both = (os.path.join(folder, kind + end) for end in (".key", ".crt", ".pem"))
        if not os.path.exists(both):
            subprocess.check_call(["openssl", "req", "-x509", "-nodes", "-newkey", *algorithm, "-keyout", key,
                                   "-out", certificate, "-days", "3650", "-subj", "/CN=localhost",
                                   "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], stderr=subprocess.DEVNULL)
            with open(both, "wb") as file:
                for part in (certificate, key):
                    with open(part, "rb") as source:
                        file.write(source.read())
        values.update({f"cert_{kind}": certificate, f"key_{kind}": key, f"pem_{kind}": both})
    return values


def for_relayd(folder, name, certificate, key):
    """puts certificate and key into folder as relayd looks for them in /etc/ssl"""
    private = os.path.join(folder, "private")
    os.makedirs(private, mode=0o700, exist_ok=True)
    shutil.copyfile(certificate, os.path.join(folder, name + ".crt"))
    target = os.path.join(private, name + ".key")
    shutil.copyfile(key, target)
    os.chmod(target, 0o600)
