package dev.capstan.knowledge.embedding;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * BAAI's bge-small-en-v1.5 with weights of eight bits, which comes with Capstan: 384 dimensions, of
 * the first token. A text is embedded by itself, since in a batch the vectors of quantised models
 * depend on their neighbours.
 */
public final class BundledEmbedder implements Embedder {
  private static final String NAME = "bge-small-en-v1.5-q";

  /** The model takes 512, for more than twice the time; a chunk has some 300. */
  private static final String MOST_TOKENS = "256";

  private final HuggingFaceTokenizer tokenizer;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private BundledEmbedder(
      HuggingFaceTokenizer tokenizer, OrtEnvironment environment, OrtSession session) {
    this.tokenizer = tokenizer;
    this.environment = environment;
    this.session = session;
  }

  /**
   * Takes some tenths of a second.
   *
   * @param libraries where native libraries are unpacked once; made if it is not there
   * @throws UncheckedIOException if this machine can't run it
   */
  public static BundledEmbedder load(Path libraries) {
    System.setProperty("ENGINE_CACHE_DIR", libraries.toString());
    System.setProperty("OPT_OUT_TRACKING", "true");
    try (InputStream words = resource("-tokenizer.json");
        InputStream weights = resource(".onnx")) {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.newInstance(
              words, Map.of("truncation", "true", "maxLength", MOST_TOKENS, "padding", "false"));
      return new BundledEmbedder(
          tokenizer, environment, environment.createSession(weights.readAllBytes(), options));
    } catch (IOException failure) {
      throw new UncheckedIOException("the bundled model can't be loaded", failure);
    } catch (OrtException | UnsatisfiedLinkError failure) {
      throw new UncheckedIOException(
          "the bundled model does not run on this machine", new IOException(failure));
    }
  }

  private static InputStream resource(String ending) throws IOException {
    InputStream found = BundledEmbedder.class.getResourceAsStream('/' + NAME + ending);
    if (found == null) {
      throw new IOException(NAME + ending + " is missing");
    }
    return found;
  }

  @Override
  public String model() {
    return NAME;
  }

  @Override
  public float[] embedQuestion(String question) {
    return embed("Represent this sentence for searching relevant passages: " + question);
  }

  @Override
  public float[] embed(String text) {
    Encoding tokens = tokenizer.encode(text);
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      inputs.put("input_ids", tensor(tokens.getIds()));
      inputs.put("attention_mask", tensor(tokens.getAttentionMask()));
      inputs.put("token_type_ids", tensor(tokens.getTypeIds()));
      try (OrtSession.Result result = session.run(inputs)) {
        float[][][] states = (float[][][]) result.get(0).getValue();
        return Vectors.ofLengthOne(states[0][0]);
      }
    } catch (OrtException failure) {
      throw new IllegalStateException("a text could not be embedded", failure);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(environment, new long[][] {values});
  }

  @Override
  public void close() {
    try {
      session.close();
      tokenizer.close();
    } catch (OrtException failure) {
      throw new IllegalStateException("the bundled model could not be closed", failure);
    }
  }
}
