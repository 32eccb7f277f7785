/*
 * tlsload - TLS 1.3 load in bursts, so that proxies can take turns every few hundredths of a second.
 * One thread, epoll.  Build: cc -O2 -o tlsload tlsload.c -lssl -lcrypto
 *
 *   tlsload CONNS PORT[:p]...     opens CONNS connections to each port (":p" without TLS) and says "ready"; then, for each line
 *                                 on standard input, does what it says with the PORT of that index and prints the seconds:
 *     ka I N        N times GET /1k over the open connections, all at once
 *     big I N       N times GET /10m over four of them
 *     hs I N        N times: connect, full handshake, GET /1k with Connection: close; sixteen at a time
 *     resumed I N   the same with resumed handshakes, after one full handshake that is not counted
 *     open I N      N more connections, each with one answer, that stay
 *     close I 0     closes all of them
 * All addresses are 127.0.0.1.  Every server has the same to do: TLS_AES_256_GCM_SHA384, or what
 * TLSLOAD_SUITE in the environment names, and X25519.  A handshake that was resumed
 * where a full one is measured, or was not where resumption is, an answer other than 200, a short one, and ten seconds
 * without progress end the program with status 1.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#define MOST 12000
#define SETS 40
#define HANDSHAKES 16	/* at a time */
#define FRESH 50	/* handshakes for which a session is offered, then a newer one */

enum { FULL, RESUMED };
struct conn { int fd, set, handshaking, hn; SSL *ssl; long got, want; char head[1024]; };
static struct set { int port, plain, n; SSL_SESSION *session; struct conn *c[MOST]; } sets[SETS];
static int set_count, ep;
static SSL_CTX *contexts[2];
static char buf[262144];

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }
__attribute__((noreturn, format(printf, 2, 3))) static void die(const struct set *s, const char *format, ...) {
	va_list list; va_start(list, format);
	fprintf(stderr, "tlsload: port %d: ", s->port); vfprintf(stderr, format, list); fprintf(stderr, " (%s)\n", strerror(errno));
	ERR_print_errors_fp(stderr);
	exit(1);
}
static void arm(struct conn *c, int op, int out) {
	struct epoll_event e = { .events = EPOLLIN | (out ? EPOLLOUT : 0), .data.ptr = c };
	epoll_ctl(ep, op, c->fd, &e);
}
static struct conn *make(struct set *s, int kind) {
	struct conn *c = calloc(1, sizeof *c);
	int one = 1;
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(s->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	/* an address of its own, so that ports in TIME_WAIT do not run out */
	struct sockaddr_in from = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000002) };
	c->set = s - sets; c->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (c->fd < 0) die(s, "socket");
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	setsockopt(c->fd, IPPROTO_IP, 24 /* IP_BIND_ADDRESS_NO_PORT */, &one, sizeof one);
	if (bind(c->fd, (void *)&from, sizeof from) || connect(c->fd, (void *)&to, sizeof to)) die(s, "connect");
	if (!s->plain) {
		c->ssl = SSL_new(contexts[kind]); SSL_set_fd(c->ssl, c->fd); SSL_set_connect_state(c->ssl);
		SSL_set_tlsext_host_name(c->ssl, "localhost");
		if (kind == RESUMED && s->session) SSL_set_session(c->ssl, s->session);
		c->handshaking = 1;
	}
	return c;
}
static void drop(struct conn *c) {
	if (c->ssl) { SSL_set_shutdown(c->ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN); SSL_free(c->ssl); }
	close(c->fd); free(c);
}
/* a connection that is ready for requests; waits for it */
static struct conn *make_ready(struct set *s) {
	struct conn *c = make(s, FULL);
	struct timeval patience = { 10, 0 };
	setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (c->ssl && SSL_do_handshake(c->ssl) != 1) die(s, "handshake");
	c->handshaking = 0;
	fcntl(c->fd, F_SETFL, O_NONBLOCK);
	return c;
}
static void ask(struct conn *c, const char *path, int last) {
	char r[256];
	int n = snprintf(r, sizeof r, "GET %s HTTP/1.1\r\nHost: bench.example\r\nUser-Agent: tlsload\r\nAccept: */*\r\n"
	    "X-Forwarded-For: 192.0.2.7\r\n%s\r\n", path, last ? "Connection: close\r\n" : "");
	c->got = c->hn = 0; c->want = -1;
	if ((c->ssl ? SSL_write(c->ssl, r, n) : write(c->fd, r, n)) != n) die(&sets[c->set], "write");
}
/* 1: the answer is whole; 0: more will come; -1: the connection has ended */
static int answer(struct conn *c) {
	for (;;) {
		int n = c->ssl ? SSL_read(c->ssl, buf, sizeof buf) : read(c->fd, buf, sizeof buf);
		if (n <= 0) {
			if (!c->ssl) return n < 0 && errno == EAGAIN ? 0 : -1;
			if (SSL_get_error(c->ssl, n) == SSL_ERROR_WANT_READ) return 0;
			ERR_clear_error();
			return -1;
		}
		if (c->want < 0) {
			int room = (int)sizeof c->head - 1 - c->hn, part = n < room ? n : room;
			memcpy(c->head + c->hn, buf, part); c->hn += part; c->head[c->hn] = 0;
			char *end = strstr(c->head, "\r\n\r\n"), *length = strcasestr(c->head, "content-length:");
			if (c->hn >= 12 && strncmp(c->head, "HTTP/1.1 200", 12)) die(&sets[c->set], "answer %.40s", c->head);
			if (end && length) c->want = end + 4 - c->head + atol(length + 15);
		}
		c->got += n;
		if (c->want >= 0 && c->got >= c->want) return 1;
	}
}
static int wait_for(struct set *s, struct epoll_event *events, int most) {
	int n = epoll_wait(ep, events, most, 10000);
	if (n <= 0) die(s, "nothing for ten seconds");
	return n;
}
static void requests(struct set *s, long count, const char *path, int at_once) {
	struct epoll_event events[128];
	long done = 0, begun = 0;
	int used = 0;
	for (; used < at_once && used < s->n && begun < count; used++, begun++) { arm(s->c[used], EPOLL_CTL_ADD, 0); ask(s->c[used], path, 0); }
	while (done < count) {
		int n = wait_for(s, events, 128);
		for (int i = 0; i < n; i++) {
			struct conn *c = events[i].data.ptr;
			int r = answer(c);
			if (r < 0) die(s, "closed");
			if (r == 0) continue;
			done++;
			if (begun < count) { begun++; ask(c, path, 0); }
		}
	}
	while (used > 0) epoll_ctl(ep, EPOLL_CTL_DEL, s->c[--used]->fd, 0);
}
/* 1: over */
static int handshake(struct set *s, struct conn *c, int kind) {
	int r = SSL_do_handshake(c->ssl);
	if (r != 1) {
		int e = SSL_get_error(c->ssl, r);
		if (e == SSL_ERROR_WANT_READ) arm(c, EPOLL_CTL_MOD, 0);
		else if (e != SSL_ERROR_WANT_WRITE) die(s, "handshake");
		return 0;
	}
	if (kind == FULL && SSL_session_reused(c->ssl)) die(s, "resumed, where a full handshake is measured");
	if (kind == RESUMED && s->session && !SSL_session_reused(c->ssl)) die(s, "not resumed, where resumption is measured");
	return 1;
}
static void keep_session(struct set *s, struct conn *c) {
	SSL_SESSION *fresh = SSL_get1_session(c->ssl);
	if (!fresh || !SSL_SESSION_is_resumable(fresh)) die(s, "gave no session to resume");
	if (s->session) SSL_SESSION_free(s->session);
	s->session = fresh;
}
static void handshakes(struct set *s, long count, int kind) {
	struct epoll_event events[128];
	long done = 0, begun = 0;
	int live = 0;
	while (done < count) {
		while (live < HANDSHAKES && begun < count) {
			struct conn *c = make(s, kind);
			fcntl(c->fd, F_SETFL, O_NONBLOCK);
			begun++; live++;
			if (!c->ssl) ask(c, "/1k", 1);
			arm(c, EPOLL_CTL_ADD, c->ssl != 0);
		}
		int n = wait_for(s, events, 128);
		for (int i = 0; i < n; i++) {
			struct conn *c = events[i].data.ptr;
			if (c->handshaking) {
				if (!handshake(s, c, kind)) continue;
				c->handshaking = 0; ask(c, "/1k", 1); arm(c, EPOLL_CTL_MOD, 0);
				continue;
			}
			int r = answer(c);
			if (r == 0) continue;
			if (c->want < 0 || c->got < c->want) die(s, "closed within an answer");
			done++; live--;
			if (kind == RESUMED && (!s->session || done % FRESH == 0)) keep_session(s, c);
			drop(c);
		}
	}
}
static void open_more(struct set *s, long count) {
	for (long k = 0; k < count; k++) {
		if (s->n == MOST) die(s, "more than %d connections", MOST);
		struct conn *c = s->c[s->n++] = make_ready(s);
		double deadline = now() + 10;
		int r;
		ask(c, "/1k", 0);
		while ((r = answer(c)) == 0 && now() < deadline) usleep(100);
		if (r != 1) die(s, "no answer for connection %ld", k);
	}
}
static SSL_CTX *context(int kind) {
	SSL_CTX *c = SSL_CTX_new(TLS_client_method());
	SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
	if (kind == FULL) SSL_CTX_set_options(c, SSL_OP_NO_TICKET);
	SSL_CTX_set_read_ahead(c, 1);
	SSL_CTX_set_min_proto_version(c, TLS1_3_VERSION);
	const char *suite = getenv("TLSLOAD_SUITE");
	if (!SSL_CTX_set_ciphersuites(c, suite ? suite : "TLS_AES_256_GCM_SHA384") || !SSL_CTX_set1_groups_list(c, "X25519")) exit(1);
	return c;
}
int main(int count, char **words) {
	char line[200], what[20];
	if (count < 3) { fprintf(stderr, "usage: see source\n"); return 2; }
	signal(SIGPIPE, SIG_IGN);
	contexts[FULL] = context(FULL); contexts[RESUMED] = context(RESUMED);
	ep = epoll_create1(0);
	for (int i = 2; i < count && set_count < SETS; i++, set_count++) {
		struct set *s = &sets[set_count];
		s->port = atoi(words[i]); s->plain = strstr(words[i], ":p") != 0;
		for (int k = atoi(words[1]); k > 0; k--) s->c[s->n++] = make_ready(s);
	}
	puts("ready"); fflush(stdout);
	while (fgets(line, sizeof line, stdin)) {
		int index = 0, number = 0;
		if (sscanf(line, "%19s %d %d", what, &index, &number) != 3 || index < 0 || index >= set_count) { fprintf(stderr, "what: %s", line); return 2; }
		struct set *s = &sets[index];
		if (!strcmp(what, "resumed") && !s->session) handshakes(s, 1, RESUMED);
		double begin = now();
		if (!strcmp(what, "ka")) requests(s, number, "/1k", s->n);
		else if (!strcmp(what, "big")) requests(s, number, "/10m", 4);
		else if (!strcmp(what, "hs")) handshakes(s, number, FULL);
		else if (!strcmp(what, "resumed")) handshakes(s, number, RESUMED);
		else if (!strcmp(what, "open")) open_more(s, number);
		else if (!strcmp(what, "close")) while (s->n > 0) drop(s->c[--s->n]);
		else { fprintf(stderr, "what: %s", line); return 2; }
		printf("%.6f\n", now() - begin); fflush(stdout);
	}
	return 0;
}
