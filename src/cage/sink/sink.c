/*
 * sink DELAY_MS PORT...
 *
 * Imitates the network in a room that has none. The sink answers each DNS query for an IPv4 address with a loopback address that belongs to
 * the queried name alone. The sink accepts connections on the given ports. After DELAY_MS, it answers an HTTP request with status 404, and
 * closes every other connection. Nothing leaves the room.
 *
 * The sink writes one line of JSON for each event: {"ready":true} when all sockets listen, {"dns":"name"}, {"tcp":443,"host":"name"}. The
 * sink answers a line on stdin with {"mark":true}, after it has reported all earlier events. The sink ends when stdin ends.
 *
 * Exit 1: a socket cannot be opened, and stderr says why.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST_PORTS 16
#define MOST_OPEN 256
#define MOST_NAMES 4096
#define FIRST_ADDRESS 0x7f4d0001u /* 127.77.0.1 */
#define HOME_ADDRESS 0x7f000001u
#define QUESTIONS 0 /* `watched` holds the descriptors in this order: the DNS socket, stdin, the ports, the open connections */
#define MARKS 1
#define PORTS 2

static struct pollfd watched[PORTS + MOST_PORTS + MOST_OPEN];
static int port_of[MOST_PORTS], ports, open_count;
static double due[MOST_OPEN]; /* for each open connection, the time at which the sink answers */
static int speaks_http[MOST_OPEN];
static char *names[MOST_NAMES];
static int name_count;

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int listening(int kind, int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_ANY)};
  int on = 1, one = socket(AF_INET, kind | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (kind == SOCK_DGRAM) address.sin_addr.s_addr = htonl(HOME_ADDRESS);
  if (one >= 0) setsockopt(one, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (one < 0 || bind(one, (struct sockaddr *)&address, sizeof address) != 0 || (kind == SOCK_STREAM && listen(one, 128) != 0)) {
    fprintf(stderr, "listen on port %d: %s\n", port, strerror(errno));
    exit(1);
  }
  return one;
}

/* The number of a host name: the address of the name is FIRST_ADDRESS plus this number. When the table is full, all further names get
 * the last number. */
static int number_of(const char *name) {
  for (int i = 0; i < name_count; i++)
    if (strcmp(names[i], name) == 0) return i;
  if (name_count == MOST_NAMES) return MOST_NAMES - 1;
  names[name_count] = strdup(name);
  return name_count++;
}

/* Reads the name of a DNS question as text that needs no escape in JSON. Returns the offset after the name, or 0 for a malformed name. */
static int read_name(const unsigned char *packet, int length, char *name, size_t size) {
  int at = 12;
  size_t used = 0;
  while (at < length && packet[at]) {
    int label = packet[at++];
    if (label > 63 || at + label >= length || used + label + 2 > size) return 0;
    if (used) name[used++] = '.';
    for (; label > 0; label--, at++) {
      int c = tolower(packet[at]);
      name[used++] = isalnum(c) || c == '-' || c == '_' ? c : '?';
    }
  }
  name[used] = 0;
  return at < length ? at + 1 : 0;
}

/* Answers one DNS question. Returns 0 if no DNS question was waiting. */
static int answer_question(int socket) {
  unsigned char packet[1024];
  char name[256];
  struct sockaddr_in asker;
  socklen_t size = sizeof asker;
  int length = recvfrom(socket, packet, 512, 0, (struct sockaddr *)&asker, &size);
  if (length < 0) return 0;
  int end = length >= 17 ? read_name(packet, length, name, sizeof name) : 0;
  if (end == 0 || end + 4 > length) return 1;
  int is_address = packet[end] == 0 && packet[end + 1] == 1; /* the type A */
  packet[2] = 0x81, packet[3] = 0x80;                        /* flags: this is an answer, recursion is available, no error */
  memset(packet + 4, 0, 8);
  packet[5] = 1;
  packet[7] = is_address;
  end += 4;
  if (is_address) {
    /* the question's name, type A, class IN, a lifetime of 60 s, an address of 4 bytes */
    const unsigned char record[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4};
    unsigned address = htonl(FIRST_ADDRESS + number_of(name));
    memcpy(packet + end, record, sizeof record);
    memcpy(packet + end + sizeof record, &address, 4);
    end += sizeof record + 4;
    printf("{\"dns\":\"%s\"}\n", name);
  }
  sendto(socket, packet, end, 0, (struct sockaddr *)&asker, size);
  return 1;
}

static void take_connections(int index, double delay) {
  struct sockaddr_in here;
  socklen_t size = sizeof here;
  for (int one; (one = accept4(watched[PORTS + index].fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0;) {
    getsockname(one, (struct sockaddr *)&here, &size);
    unsigned number = ntohl(here.sin_addr.s_addr) - FIRST_ADDRESS;
    const char *host = number < (unsigned)name_count ? names[number] : inet_ntoa(here.sin_addr);
    printf("{\"tcp\":%d,\"host\":\"%s\"}\n", port_of[index], host);
    if (open_count == MOST_OPEN) {
      close(one);
      continue;
    }
    watched[PORTS + ports + open_count] = (struct pollfd){one, POLLIN, 0};
    speaks_http[open_count] = 0;
    due[open_count++] = now_ms() + delay;
  }
}

/* Reads data that a program sent, and notes whether it is an HTTP request. The sink answers after `delay` ms. */
static void listen_to(int i, double delay) {
  static const char *const methods[] = {"GET ", "POST ", "HEAD ", "PUT ", "PATCH ", "DELETE ", "OPTIONS "};
  char text[16384];
  int fd = watched[PORTS + ports + i].fd, length = read(fd, text, sizeof text - 1);
  if (length <= 0) {
    if (length < 0 && errno == EAGAIN) return;
    due[i] = 0;
    return;
  }
  text[length] = 0;
  for (size_t m = 0; m < sizeof methods / sizeof *methods; m++)
    if (strncmp(text, methods[m], strlen(methods[m])) == 0) speaks_http[i] = 1;
  due[i] = now_ms() + delay;
}

static void answer(int i) {
  static const char nothing[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  int fd = watched[PORTS + ports + i].fd;
  if (speaks_http[i] && due[i] > 0 && write(fd, nothing, sizeof nothing - 1) < 0) errno = 0; /* the client has gone */
  close(fd);
  open_count--;
  watched[PORTS + ports + i] = watched[PORTS + ports + open_count];
  due[i] = due[open_count];
  speaks_http[i] = speaks_http[open_count];
}

int main(int argc, char **argv) {
  if (argc < 3 || argc - 2 > MOST_PORTS) {
    fprintf(stderr, "usage: sink DELAY_MS PORT...\n");
    return 1;
  }
  double delay = atof(argv[1]);
  signal(SIGPIPE, SIG_IGN);
  watched[QUESTIONS] = (struct pollfd){listening(SOCK_DGRAM, 53), POLLIN, 0};
  watched[MARKS] = (struct pollfd){0, POLLIN, 0};
  for (ports = 0; ports < argc - 2; ports++) {
    port_of[ports] = atoi(argv[ports + 2]);
    watched[PORTS + ports] = (struct pollfd){listening(SOCK_STREAM, port_of[ports]), POLLIN, 0};
  }
  printf("{\"ready\":true}\n");
  for (;;) {
    fflush(stdout);
    double next = -1, now = now_ms();
    for (int i = 0; i < open_count; i++)
      if (next < 0 || due[i] < next) next = due[i];
    int wait = next < 0 ? -1 : next <= now ? 0 : (int)(next - now) + 1;
    if (poll(watched, PORTS + ports + open_count, wait) < 0 && errno != EINTR) return 1;
    /* stdin is read last, so that all earlier events are reported before the mark */
    while (answer_question(watched[QUESTIONS].fd)) {
    }
    for (int i = open_count - 1; i >= 0; i--)
      if (watched[PORTS + ports + i].revents) listen_to(i, delay);
    for (int i = 0; i < ports; i++) take_connections(i, delay);
    for (int i = open_count - 1; i >= 0; i--)
      if (due[i] <= now_ms()) answer(i);
    if (watched[MARKS].revents) {
      char line[64];
      if (read(0, line, sizeof line) <= 0) return 0;
      printf("{\"mark\":true}\n");
    }
  }
}
