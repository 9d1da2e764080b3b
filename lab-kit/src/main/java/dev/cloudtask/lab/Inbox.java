package dev.cloudtask.lab;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mail that the cloud has sent: none ever leaves the machine. */
public final class Inbox {
  private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");

  private final HttpClient http;
  private final URI page;

  /** One e-mail. */
  public record Mail(String subject, String body) {
    /** Returns the code of six digits in it, if there is one. */
    public Optional<String> code() {
      Matcher code = CODE.matcher(body);
      return code.find() ? Optional.of(code.group()) : Optional.empty();
    }
  }

  Inbox(HttpClient http, URI page) {
    this.http = http;
    this.page = page;
  }

  /** Returns the mails to an address, oldest first. */
  public List<Mail> to(String address) {
    String query = "?email=" + URLEncoder.encode(address, StandardCharsets.UTF_8);
    WebPage answer = WebPage.get(http, URI.create(page + query));
    List<Mail> mails = new ArrayList<>();
    for (JsonElement element :
        JsonParser.parseString(answer.text()).getAsJsonObject().getAsJsonArray("messages")) {
      JsonObject mail = element.getAsJsonObject();
      mails.add(
          new Mail(
              mail.get("Subject").getAsString(),
              mail.getAsJsonObject("Body").get("text_part").getAsString()));
    }
    return mails;
  }

  /** Returns the code in the newest mail to an address; empty if there is no mail or no code. */
  public Optional<String> code(String address) {
    List<Mail> mails = to(address);
    return mails.isEmpty() ? Optional.empty() : mails.get(mails.size() - 1).code();
  }
}
