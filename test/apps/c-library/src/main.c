#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "forecast.h"

static const char *file = "data/towns.txt";

static void answer(int client) {
  char request[1024] = {0}, town[64] = {0}, line[256] = {0}, response[512];
  if (read(client, request, sizeof request - 1) <= 0) return;
  if (sscanf(request, "GET /%63[a-z]", town) != 1) strcpy(town, "harbour");
  if (!forecast(file, town, line, sizeof line)) strcpy(line, "no forecast\n");
  int length = snprintf(response, sizeof response, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
                        strlen(line), line);
  if (write(client, response, (size_t)length) < 0) perror("write");
}

int main(void) {
  const char *port = getenv("PORT");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(port ? port : "8080"))};
  int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(server, (struct sockaddr *)&address, sizeof address) != 0 || listen(server, 16) != 0) {
    perror("listen");
    return 1;
  }
  for (;;) {
    int client = accept(server, NULL, NULL);
    if (client < 0) continue;
    answer(client);
    close(client);
  }
}
