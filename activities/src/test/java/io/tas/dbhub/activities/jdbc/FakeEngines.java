package io.tas.dbhub.activities.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The first words of the engines' protocols, up to an error that ends the login. */
final class FakeEngines {
  private static final int MYSQL_CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000;
  private static final int MYSQL_TLS = 0x800;

  private FakeEngines() {}

  /** PostgreSQL: takes TLS when it has a context, then answers the login with an error. */
  static FakeServer.Manner postgres(Optional<SSLContext> tls, String state) {
    return (client, over) -> {
      Socket line = client;
      InputStream in = line.getInputStream();
      byte[] first = readMessage(in);
      if (first.length == 4) {
        client.getOutputStream().write(tls.isPresent() ? 'S' : 'N');
        line = tls.isPresent() ? encrypt(tls.get(), client) : client;
        readMessage(line.getInputStream());
      }
      ByteArrayOutputStream fields = new ByteArrayOutputStream();
      for (String field : new String[] {"SFATAL", "VFATAL", "C" + state, "Mno Us3r-N4me"}) {
        fields.writeBytes(field.getBytes(StandardCharsets.UTF_8));
        fields.write(0);
      }
      fields.write(0);
      OutputStream out = line.getOutputStream();
      out.write('E');
      out.write(new byte[] {0, 0, 0, (byte) (fields.size() + 4)});
      fields.writeTo(out);
      out.flush();
      line.close();
    };
  }

  private static byte[] readMessage(InputStream in) throws IOException {
    byte[] length = in.readNBytes(4);
    return in.readNBytes(((length[2] & 0xff) << 8 | (length[3] & 0xff)) - 4);
  }

  /** MySQL and MariaDB: greets, takes TLS when it has a context, answers the login by an error. */
  static FakeServer.Manner mysql(Optional<SSLContext> tls, int code, String state) {
    return (client, over) -> {
      int capabilities = MYSQL_CAPABILITIES | (tls.isPresent() ? MYSQL_TLS : 0);
      writePacket(client, 0, greeting(capabilities));
      Socket line = client;
      byte[] answer = readPacket(line.getInputStream());
      int sequence = 2;
      if (answer.length == 32 && tls.isPresent()) {
        line = encrypt(tls.get(), client);
        readPacket(line.getInputStream());
        sequence = 3;
      }
      ByteArrayOutputStream error = new ByteArrayOutputStream();
      error.writeBytes(new byte[] {(byte) 0xff, (byte) code, (byte) (code >> 8), '#'});
      error.writeBytes(state.getBytes(StandardCharsets.US_ASCII));
      error.writeBytes("no 'Us3r-N4me'".getBytes(StandardCharsets.US_ASCII));
      writePacket(line, sequence, error.toByteArray());
      line.close();
    };
  }

  /** MySQL and MariaDB: lets everybody in, and answers any question by rows without end. */
  static FakeServer.Manner endlessRows() {
    return (client, over) -> {
      writePacket(client, 0, greeting(MYSQL_CAPABILITIES));
      readPacket(client.getInputStream());
      writePacket(client, 2, new byte[] {0, 0, 0, 2, 0, 0, 0});
      readPacket(client.getInputStream());
      writePacket(client, 1, new byte[] {1});
      byte[] column = {
        3, 'd', 'e', 'f', 0, 0, 0, 1, 'c', 0, 12, 45, 0, 4, 0, 0, 0, (byte) 0xfd, 0, 0, 0, 0, 0
      };
      writePacket(client, 2, column);
      writePacket(client, 3, new byte[] {(byte) 0xfe, 0, 0, 2, 0});
      for (int sequence = 4; over.getCount() > 0; sequence++) {
        writePacket(client, sequence, new byte[] {1, '7'});
      }
    };
  }

  private static byte[] greeting(int capabilities) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(10);
    out.writeBytes("8.0.40\0".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {1, 0, 0, 0});
    out.writeBytes("abcdefgh\0".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {(byte) capabilities, (byte) (capabilities >> 8)});
    out.writeBytes(new byte[] {45, 2, 0});
    out.writeBytes(new byte[] {(byte) (capabilities >> 16), (byte) (capabilities >> 24), 21});
    out.writeBytes(new byte[10]);
    out.writeBytes("ijklmnopqrst\0".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes("mysql_native_password\0".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static void writePacket(Socket line, int sequence, byte[] payload) throws IOException {
    OutputStream out = line.getOutputStream();
    out.write(new byte[] {(byte) payload.length, (byte) (payload.length >> 8), 0, (byte) sequence});
    out.write(payload);
    out.flush();
  }

  private static byte[] readPacket(InputStream in) throws IOException {
    byte[] header = in.readNBytes(4);
    return in.readNBytes((header[0] & 0xff) | (header[1] & 0xff) << 8);
  }

  /** SQL Server without encryption: answers the login by an error token. */
  static FakeServer.Manner sqlServer(int code) {
    return (client, over) -> {
      InputStream in = client.getInputStream();
      readTds(in);
      // Options: version, encryption not supported.
      writeTds(
          client,
          new byte[] {
            0, 0, 11, 0, 6, 1, 0, 17, 0, 1, (byte) 0xff, 16, 0, 0, 0, 0, 0, 2,
          });
      readTds(in);
      ByteArrayOutputStream token = new ByteArrayOutputStream();
      String text = "no 'Us3r-N4me'";
      byte[] message = text.getBytes(StandardCharsets.UTF_16LE);
      int length = 4 + 1 + 1 + 2 + message.length + 1 + 1 + 4;
      token.writeBytes(new byte[] {(byte) 0xaa, (byte) length, (byte) (length >> 8)});
      token.writeBytes(new byte[] {(byte) code, (byte) (code >> 8), (byte) (code >> 16), 0});
      token.writeBytes(new byte[] {1, 14, (byte) text.length(), 0});
      token.writeBytes(message);
      token.writeBytes(new byte[] {0, 0, 1, 0, 0, 0});
      token.writeBytes(new byte[] {(byte) 0xfd, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
      writeTds(client, token.toByteArray());
      client.close();
    };
  }

  private static void readTds(InputStream in) throws IOException {
    byte[] header;
    do {
      header = in.readNBytes(8);
      in.readNBytes(((header[2] & 0xff) << 8 | (header[3] & 0xff)) - 8);
    } while ((header[1] & 1) == 0);
  }

  private static void writeTds(Socket line, byte[] payload) throws IOException {
    int length = payload.length + 8;
    OutputStream out = line.getOutputStream();
    out.write(new byte[] {4, 1, (byte) (length >> 8), (byte) length, 0, 0, 1, 0});
    out.write(payload);
    out.flush();
  }

  private static SSLSocket encrypt(SSLContext tls, Socket client) throws IOException {
    SSLSocket line = (SSLSocket) tls.getSocketFactory().createSocket(client, "localhost", 0, true);
    line.setUseClientMode(false);
    line.startHandshake();
    return line;
  }
}
