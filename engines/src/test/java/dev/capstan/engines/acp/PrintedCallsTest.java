package dev.capstan.engines.acp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as command lines of agents print them. */
class PrintedCallsTest {
  @Test
  void each_tool_of_a_message_is_a_call() {
    assertThat(
            PrintedCalls.in(
                """
                {"type":"assistant","message":{"id":"m1","content":[{"type":"text","text":"I look."},\
                {"type":"tool_use","id":"t1","name":"Read","input":{"file_path":"a.txt"}},\
                {"type":"tool_use","id":"t2","name":"Bash","input":{"command":"ls"}}]}}\
                """))
        .containsExactly("Read {\"file_path\":\"a.txt\"}", "Bash {\"command\":\"ls\"}");
  }

  @Test
  void a_tool_may_stand_by_itself() {
    assertThat(
            PrintedCalls.in(
                """
                {"type":"tool_use","timestamp":"2026-01-19T21:26:48Z","tool_name":"read_file",\
                "tool_id":"1","parameters":{"path":"a.txt"}}\
                """))
        .containsExactly("read_file {\"path\":\"a.txt\"}");
    assertThat(
            PrintedCalls.in(
                """
                {"type":"tool_use","timestamp":2,"sessionID":"s1","part":{"type":"tool","tool":"write",\
                "callID":"c1","state":{"status":"completed","input":{"filePath":"a.txt"},"output":"ok"}}}\
                """))
        .containsExactly("write {\"filePath\":\"a.txt\"}");
  }

  @Test
  void what_comes_of_an_item_is_no_part_of_its_words() {
    String first =
        """
        {"type":"item.completed","item":{"id":"item_1","type":"command_execution","command":"ls",\
        "aggregated_output":"a.txt","exit_code":0,"status":"completed"}}\
        """;

    assertThat(PrintedCalls.in(first))
        .hasSize(1)
        .isEqualTo(PrintedCalls.in(first.replace("item_1", "item_2").replace("a.txt", "b.txt")))
        .isNotEqualTo(PrintedCalls.in(first.replace("\"ls\"", "\"cat\"")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "{\"type\": 1}",
        "Applied edit to a.txt",
        "{\"type\":\"assistant\",\"message\":{\"content\":\"tool_use\"}}",
        "{\"type\":\"item.completed\",\"item\":{\"type\":\"agent_message\",\"text\":\"Done.\"}}",
        "{\"type\":\"item.completed\"}",
        "[{\"type\":\"tool_use\"}]"
      })
  void everything_else_is_none(String line) {
    assertThat(PrintedCalls.in(line)).isEmpty();
  }
}
