"""Certificate authorities and what they sign, made by openssl(1) in a folder that is thrown away."""
import os
import secrets
import subprocess

EC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
DAYS = 300
RSA = ["-newkey", "rsa:2048"]
SETTINGS = """[ca]
default_ca = it
[it]
database = {folder}/index
new_certs_dir = {folder}
serial = {folder}/serial
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
"""


def openssl(*words):
    ran = subprocess.run(["openssl", *map(str, words)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True, timeout=30)
    if ran.returncode:
        raise RuntimeError(f"openssl {' '.join(map(str, words))}: {ran.stdout}")
    return ran.stdout


class Leaf:
    """A certificate with its key; pem holds both."""

    def __init__(self, path, name):
        self.path, self.name = path, name
        self.certificate, self.key, self.pem = path + ".crt", path + ".key", path + ".pem"


class Authority:
    def __init__(self, folder, name, kind=EC):
        self.folder, self.name = os.path.join(folder, name), name
        os.makedirs(self.folder)
        self.certificate, self._key = (os.path.join(self.folder, "ca" + end) for end in (".crt", ".key"))
        self._settings = os.path.join(self.folder, "openssl.cnf")
        for file, text in ((self._settings, SETTINGS.format(folder=self.folder)), (os.path.join(self.folder, "index"), ""),
                           (os.path.join(self.folder, "serial"), "01" + secrets.token_hex(8) + "\n")):
            with open(file, "w") as out:
                out.write(text)
        openssl("req", "-x509", "-nodes", *kind, "-config", self._settings, "-extensions", "authority", "-keyout", self._key,
                "-out", self.certificate, "-days", DAYS, "-subj", f"/CN={name}")

    def sign(self, name, alternatives=(), kind=EC, file=None, dates=()):
        """A leaf for names (DNS:..., IP:...); dates: first and last, YYYYMMDDHHMMSSZ, else DAYS from now."""
        leaf = Leaf(os.path.join(self.folder, file or name), name)
        request = leaf.path + ".csr"
        words = ["req", "-nodes", *kind, "-config", self._settings, "-keyout", leaf.key, "-out", request, "-subj", f"/CN={name}"]
        if alternatives:
            words += ["-addext", "subjectAltName=" + ",".join(alternatives)]
        openssl(*words)
        when = ["-startdate", dates[0], "-enddate", dates[1]] if dates else ["-days", DAYS]
        openssl("ca", "-batch", "-notext", "-config", self._settings, "-cert", self.certificate, "-keyfile", self._key, *when,
                "-in", request, "-out", leaf.certificate)
        with open(leaf.pem, "w") as out:
            for part in (leaf.certificate, leaf.key):
                with open(part) as file:
                    out.write(file.read())
        return leaf

    def staple(self, leaf):
        """the path of an OCSP response that calls the leaf good"""
        question, answer = leaf.path + ".ask", leaf.path + ".ocsp"
        openssl("ocsp", "-issuer", self.certificate, "-cert", leaf.certificate, "-no_nonce", "-reqout", question)
        openssl("ocsp", "-index", os.path.join(self.folder, "index"), "-CA", self.certificate, "-rsigner", self.certificate,
                "-rkey", self._key, "-reqin", question, "-respout", answer, "-ndays", 7)
        return answer
