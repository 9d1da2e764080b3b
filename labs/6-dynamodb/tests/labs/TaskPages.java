package labs;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.lab.FunctionAnswer;
import dev.cloudtask.lab.TaskFunctions;
import dev.cloudtask.lab.TestEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list that comes in pages, followed from one to the next as the Link header says. */
final class TaskPages {
  private static final Pattern NEXT = Pattern.compile("<[^>?]*\\?([^>]+)>\\s*;\\s*rel=\"?next\"?");
  private static final int MOST_PAGES = 30;

  private final TaskFunctions functions;
  private final String user;

  TaskPages(TaskFunctions functions, String user) {
    this.functions = functions;
    this.user = user;
  }

  /** Returns a field of each task of a list. */
  static List<String> each(FunctionAnswer list, String field) {
    List<String> found = new ArrayList<>();
    for (JsonElement task : list.array("the caller's tasks")) {
      JsonElement value = task instanceof JsonObject object ? object.get(field) : null;
      found.add(value != null && value.isJsonPrimitive() ? value.getAsString() : "");
    }
    return found;
  }

  /** Returns the query of the next page; empty if this is the last one. */
  static Map<String, String> next(FunctionAnswer page) {
    Map<String, String> query = new LinkedHashMap<>();
    String link = page.header("Link").orElse("");
    Matcher next = NEXT.matcher(link);
    if (!next.find()) {
      return query;
    }
    for (String pair : next.group(1).split("&", -1)) {
      String[] sides = pair.split("=", 2);
      query.put(
          sides[0], sides.length < 2 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  /** Makes sure that the pages together are these tasks, in this order, each of them once. */
  void requireAll(TestEvent first, List<String> ids, int limit) {
    List<String> found = new ArrayList<>();
    TestEvent asked = first;
    int pages = 0;
    Map<String, String> next;
    FunctionAnswer page;
    do {
      page = functions.call(TaskFunctions.LIST, asked).with(200, "A page of the user's own list.");
      pages++;
      List<String> here = each(page, "taskId");
      found.addAll(here);
      next = next(page);
      if (here.size() > limit && (pages == 1 || asked.words().contains("?limit="))) {
        throw page.wrong("at most " + limit + " tasks", "That is what ?limit= asked for.").found();
      }
      if (pages == 1 && next.isEmpty() && here.size() < ids.size()) {
        throw page.wrong(
                ids.size() + " tasks, or a header Link: <?nextToken=…>; rel=\"next\"",
                here.size()
                    + " of "
                    + ids.size()
                    + " came. DynamoDB hands out 1 MB at a time, and says where to go on"
                    + " (LastEvaluatedKey); whoever does not hand that on has cut the list.")
            .got(
                page.status()
                    + ", "
                    + here.size()
                    + " tasks, Link: "
                    + page.header("Link").orElse("none"))
            .found();
      }
      TestEvent following = TestEvent.of(user);
      for (Map.Entry<String, String> parameter : next.entrySet()) {
        following = following.query(parameter.getKey(), parameter.getValue());
      }
      asked = following;
    } while (!next.isEmpty() && pages < MOST_PAGES);
    if (!found.equals(ids)) {
      throw page.wrong(
              "all " + ids.size() + " tasks, each once, in the order of their ids",
              "The next page begins after the last task of the one before: ExclusiveStartKey.")
          .got(
              found.size()
                  + " tasks on "
                  + pages
                  + " pages"
                  + (found.stream().distinct().count() < found.size() ? ", some of them twice" : "")
                  + (pages == MOST_PAGES ? ", and no end" : ""))
          .found();
    }
  }
}
