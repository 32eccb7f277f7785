/*
 * bare TARGET LISTEN...: relays TCP between ports of 127.0.0.1 by recv(2) and send(2) and does nothing else, with
 * the block and the window that relayd has. What it costs is what the kernel takes for copying; a relay that copies
 * cannot cost less. For bench.py only: no limits, no timeouts, and the end of one side ends both.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BLOCK = 512 * 1024, WINDOW = 4 << 20, EVENTS = 64, BACKLOG = 512 };

struct end {
	int fd, connecting, waiting, hung, paused, dead;
	struct end *peer, *next;
	char *rest;
	size_t length;
};

static int loop;
static char block[BLOCK] __attribute__((aligned(4096)));
static struct end *dead;

static void
option(int fd, int level, int name, int value)
{
	setsockopt(fd, level, name, &value, sizeof(value));
}

static void
await(struct end *end, unsigned events)
{
	struct epoll_event event = { .events = events | EPOLLET, .data.ptr = end };

	epoll_ctl(loop, EPOLL_CTL_ADD, end->fd, &event);
}

/* events of the same batch may still name an end: it is freed behind them */
static void
finish(struct end *end)
{
	for (int i = 0; i < 2; i++, end = end->peer)
		if (!end->dead) {
			end->dead = 1;
			close(end->fd);
			end->next = dead;
			dead = end;
		}
}

static void
bury(void)
{
	for (struct end *next; dead != NULL; dead = next) {
		next = dead->next;
		free(dead->rest);
		free(dead);
	}
}

static void
relay(struct end *from)
{
	struct end *to = from->peer;

	while (from->waiting && !from->paused) {
		ssize_t count = recv(from->fd, block, BLOCK, MSG_DONTWAIT);
		if (count == 0 || (count < 0 && errno != EAGAIN)) {
			finish(from);
			return;
		}
		from->waiting = count == BLOCK || (from->hung && count > 0);
		if (count < 0)
			return;
		ssize_t sent = send(to->fd, block, count, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (sent < 0 && errno != EAGAIN) {
			finish(from);
			return;
		}
		sent = sent < 0 ? 0 : sent;
		if (sent < count) {
			to->length = count - sent;
			to->rest = malloc(to->length);
			memcpy(to->rest, block + sent, to->length);
			from->paused = 1;
		}
	}
}

static void
drain(struct end *end)
{
	ssize_t sent = send(end->fd, end->rest, end->length, MSG_DONTWAIT | MSG_NOSIGNAL);

	if (sent < 0)
		return;
	end->length -= sent;
	memmove(end->rest, end->rest + sent, end->length);
	if (end->length == 0) {
		free(end->rest);
		end->rest = NULL;
		end->peer->paused = 0;
		relay(end->peer);
	}
}

static void
happened(struct end *end, unsigned events)
{
	if (end->dead)
		return;
	if (end->connecting && (events & EPOLLOUT)) {
		end->connecting = 0;
		await(end->peer, EPOLLIN | EPOLLOUT | EPOLLRDHUP);
	}
	if ((events & EPOLLOUT) && end->rest != NULL)
		drain(end);
	end->hung |= (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
	if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR))
		end->waiting = 1;
	if (!end->dead && end->waiting)
		relay(end);
}

static void
take(int listener, struct sockaddr_in *target)
{
	int fd;

	while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
		struct end *client = calloc(1, sizeof(*client)), *server = calloc(1, sizeof(*server));

		client->peer = server;
		server->peer = client;
		client->fd = fd;
		server->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		server->connecting = 1;
		option(client->fd, IPPROTO_TCP, TCP_NODELAY, 1);
		option(server->fd, IPPROTO_TCP, TCP_NODELAY, 1);
		option(server->fd, SOL_SOCKET, SO_RCVLOWAT, WINDOW);
		option(server->fd, SOL_SOCKET, SO_RCVLOWAT, 1);
		connect(server->fd, (struct sockaddr *)target, sizeof(*target));
		await(server, EPOLLIN | EPOLLOUT | EPOLLRDHUP);
	}
}

static int
listening(int port)
{
	struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	    .sin_port = htons(port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	option(fd, SOL_SOCKET, SO_REUSEADDR, 1);
	if (bind(fd, (struct sockaddr *)&here, sizeof(here)) < 0 || listen(fd, BACKLOG) < 0) {
		perror("bare");
		exit(1);
	}
	return fd;
}

int
main(int count, char **words)
{
	struct sockaddr_in target = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct epoll_event events[EVENTS];
	struct end listeners[count];

	if (count < 3)
		return 2;
	signal(SIGPIPE, SIG_IGN);
	loop = epoll_create1(0);
	target.sin_port = htons(atoi(words[1]));
	for (int i = 2; i < count; i++) {
		listeners[i] = (struct end){ .fd = listening(atoi(words[i])) };
		await(&listeners[i], EPOLLIN);
	}
	for (;;) {
		int many = epoll_wait(loop, events, EVENTS, -1);

		for (int i = 0; i < many; i++) {
			struct end *end = events[i].data.ptr;

			if (end->peer == NULL)
				take(end->fd, &target);
			else
				happened(end, events[i].events);
		}
		bury();
	}
}
