# Serves the sums of titles.
require "socket"
require "sums"

TITLES = File.readlines("pages/titles.txt", chomp: true)

server = TCPServer.new(8000)
loop do
  client = server.accept
  nil until client.gets.to_s.strip.empty?
  body = TITLES.map { |title| "#{Sums.of(title)} #{title}\n" }.join
  client.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: #{body.bytesize}\r\nConnection: close\r\n\r\n#{body}")
  client.close
end
