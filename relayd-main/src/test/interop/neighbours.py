"""nginx and haproxy around the server under test: after it over TLS, and in front of it, also over TLS."""
import os
import shutil
import signal
import subprocess

from world import DEFAULT, FRONTS, NEIGHBOURS, wait_for_port

NGINX = """user root;
worker_processes 1;
daemon off;
error_log stderr warn;
pid {folder}/nginx.pid;
events {{ worker_connections 1000; }}
http {{
    access_log off;
    client_max_body_size 0;
    client_body_temp_path {folder}/nginx-body;
    proxy_temp_path {folder}/nginx-proxy;
    fastcgi_temp_path {folder}/nginx-other;
    uwsgi_temp_path {folder}/nginx-other;
    scgi_temp_path {folder}/nginx-other;
    proxy_http_version 1.1;
    proxy_request_buffering off;
    proxy_max_temp_file_size 0;
    server {{
        listen 127.0.0.1:{after} ssl;
        ssl_certificate {leaf.certificate};
        ssl_certificate_key {leaf.key};
        location / {{ proxy_pass http://127.0.0.1:{origin}; }}
    }}
    server {{
        listen 127.0.0.1:{front};
        location / {{
            proxy_pass https://127.0.0.1:{tested};
            proxy_set_header Host {name};
            proxy_ssl_server_name on;
            proxy_ssl_name {name};
            proxy_ssl_verify on;
            proxy_ssl_protocols TLSv1.2 TLSv1.3;
            proxy_ssl_trusted_certificate {trusted};
        }}
    }}
}}
"""
HAPROXY = """global
 no strict-limits
 maxconn 1000
defaults
 mode http
 timeout connect 5s
 timeout client 30s
 timeout server 30s
listen after
 bind 127.0.0.1:{after} ssl crt {leaf.pem}
 server s 127.0.0.1:{origin}
listen front
 bind 127.0.0.1:{front}
 http-request set-header Host {name}
 server s 127.0.0.1:{tested} ssl verify required ca-file {trusted} sni str({name}) verifyhost {name}
"""


class Neighbours:
    def __init__(self, world):
        self.processes, self.names = [], []
        for name, template, command in (("nginx", NGINX, ["nginx", "-c"]), ("haproxy", HAPROXY, ["haproxy", "-db", "-f"])):
            if not shutil.which(name):
                continue
            self.names.append(name)
            file, log = (os.path.join(world.folder, f"neighbour-{name}.{end}") for end in ("conf", "log"))
            with open(file, "w") as out:
                out.write(template.format(folder=world.folder, leaf=world.origin_leaf, after=NEIGHBOURS[name], front=FRONTS[name],
                                          origin=world.origins[0].port, tested=world.port["defaults"], name=DEFAULT,
                                          trusted=world.trusted))
            with open(log, "wb") as out:
                process = subprocess.Popen([*command, file], stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                           start_new_session=True)
            self.processes.append(process)
            for port in (NEIGHBOURS[name], FRONTS[name]):
                wait_for_port(port, process, log, 10)

    def close(self):
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
