"""What stands after the relay: HTTP and echo, without TLS or with it; and the bytes that are sent through."""
import hashlib
import http.server
import random
import socket
import socketserver
import ssl
import threading

BLOCK = 65536


def pattern(size):
    """bytes that differ from block to block, the same in every run"""
    for number in range(0, size, BLOCK):
        yield random.Random(number).randbytes(min(BLOCK, size - number))


def digest(size):
    summed = hashlib.sha256()
    for block in pattern(size):
        summed.update(block)
    return summed.hexdigest()


class Http(http.server.BaseHTTPRequestHandler):
    """GET /N: N bytes of the pattern. POST: the digest of the body."""
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        words = self.path.strip("/").split("?")[0]
        size = int(words) if words.isdigit() else 3
        self.send_response(200)
        self.send_header("Content-Length", str(size))
        self.end_headers()
        for block in pattern(size):
            self.wfile.write(block)

    def do_POST(self):
        left, summed = int(self.headers["Content-Length"]), hashlib.sha256()
        while left:
            part = self.rfile.read(min(left, BLOCK))
            if not part:
                return
            left -= len(part)
            summed.update(part)
        text = summed.hexdigest().encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while part := self.request.recv(BLOCK):
            self.request.sendall(part)
        if not isinstance(self.request, ssl.SSLSocket):
            self.request.shutdown(socket.SHUT_WR)


class Origin(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Serves from a thread until it is closed."""
    allow_reuse_address, daemon_threads, request_queue_size = True, True, 1024
    block_on_close = False

    def __init__(self, port, handler, leaf=None):
        super().__init__(("127.0.0.1", port), handler)
        self.port, self.context = self.server_address[1], None
        if leaf:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(leaf.certificate, leaf.key)
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def finish_request(self, request, address):
        if self.context:
            request = self.context.wrap_socket(request, server_side=True)
        super().finish_request(request, address)

    def handle_error(self, request, address):
        pass  # clients that leave early are part of the tests

    def close(self):
        self.shutdown()
        self.server_close()
