package io.tas.dbhub.core.sealing;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyTemplates;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/**
 * The keys that API and workers share: one key set seals credentials, the other derives the access
 * token of a DBHub server, so that the API can call it without ever reading a Secret.
 *
 * <p>The folder holds two Tink key sets as JSON, {@code sealing.json} and {@code tokens.json}: in a
 * cluster a mounted Secret. Keys rotate with Tink's own tool: old keys keep opening, the primary
 * seals.
 */
public final class KeyRing {
  private static final String SEALING = "sealing.json";
  private static final String TOKENS = "tokens.json";
  private static final int TOKEN_BYTES = 32;

  private final CredentialSealer sealer;
  private final PrfSet tokens;

  private KeyRing(CredentialSealer sealer, PrfSet tokens) {
    this.sealer = sealer;
    this.tokens = tokens;
  }

  public CredentialSealer sealer() {
    return sealer;
  }

  /** The bearer token that the DBHub servers of one instance demand. */
  public String dbhubToken(String namespace, String instance) {
    return token("dbhub\n" + namespace + "\n" + instance);
  }

  /** The bearer token that workers demand of who asks them to run queries. */
  public String queryToken() {
    return token("queries");
  }

  private String token(String label) {
    try {
      return HexFormat.of()
          .formatHex(tokens.computePrimary(label.getBytes(StandardCharsets.UTF_8), TOKEN_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key set cannot derive tokens", e);
    }
  }

  /**
   * @throws IOException when a file is missing or is not a key set; the message names the file
   */
  public static KeyRing load(Path folder) throws IOException {
    try {
      AeadConfig.register();
      PrfConfig.register();
      Aead aead =
          read(folder.resolve(SEALING)).getPrimitive(RegistryConfiguration.get(), Aead.class);
      PrfSet prf =
          read(folder.resolve(TOKENS)).getPrimitive(RegistryConfiguration.get(), PrfSet.class);
      return new KeyRing(new CredentialSealer(aead), prf);
    } catch (GeneralSecurityException e) {
      throw new IOException("no usable key sets in " + folder, e);
    }
  }

  /** Writes fresh key sets, readable by the owner alone. What exists already is kept. */
  public static void generate(Path folder) throws IOException {
    try {
      AeadConfig.register();
      PrfConfig.register();
      Files.createDirectories(folder);
      write(folder.resolve(SEALING), "AES256_GCM");
      write(folder.resolve(TOKENS), "HKDF_SHA256");
    } catch (GeneralSecurityException e) {
      throw new IOException("no key set could be generated", e);
    }
  }

  private static KeysetHandle read(Path file) throws IOException, GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.parseKeyset(
        Files.readString(file), InsecureSecretKeyAccess.get());
  }

  private static void write(Path file, String template)
      throws IOException, GeneralSecurityException {
    if (Files.exists(file)) {
      return;
    }
    KeysetHandle keys = KeysetHandle.generateNew(KeyTemplates.get(template));
    Path fresh =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "keys",
            ".json",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        fresh, TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get()));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
