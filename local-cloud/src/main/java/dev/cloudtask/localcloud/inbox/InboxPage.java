package dev.cloudtask.localcloud.inbox;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.gateway.LocalPage;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.ports.Mailbox.Mail;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /_aws/ses}: GET reads the mail, {@code ?email=} only that to one address, newest last;
 * DELETE empties the inbox.
 */
public final class InboxPage implements LocalPage {
  private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'";

  private final Inbox inbox;
  private final String region;

  /** Shows an inbox. */
  public InboxPage(Inbox inbox, String region) {
    this.inbox = inbox;
    this.region = region;
  }

  @Override
  public boolean answers(String rawPath) {
    return rawPath.equals("/_aws/ses") || rawPath.equals("/_aws/ses/");
  }

  @Override
  public HttpResponse serve(HttpRequest request) {
    Optional<String> address = request.query().first("email").filter(text -> !text.isEmpty());
    switch (request.method()) {
      case "GET", "HEAD" -> {
        List<Mail> mails = address.map(inbox::to).orElseGet(inbox::all);
        boolean page = request.header("Accept").orElse("").contains("text/html");
        HttpResponse answer =
            page
                ? HttpResponse.of(200, "text/html; charset=utf-8", page(mails, address))
                    .with("Content-Security-Policy", POLICY)
                : HttpResponse.of(200, "application/json", json(mails));
        return answer.with("Cache-Control", "no-store");
      }
      case "DELETE" -> {
        inbox.empty();
        return HttpResponse.of(204);
      }
      default -> {
        return HttpResponse.of(405, "text/plain", "Use GET to read the mail or DELETE to empty.\n")
            .with("Allow", "GET, HEAD, DELETE");
      }
    }
  }

  private String json(List<Mail> mails) {
    JsonArray messages = new JsonArray();
    for (Mail mail : mails) {
      JsonArray to = new JsonArray();
      to.add(mail.destination());
      JsonObject destination = new JsonObject();
      destination.add("ToAddresses", to);
      JsonObject body = new JsonObject();
      body.addProperty("text_part", mail.body());
      JsonObject message = new JsonObject();
      message.addProperty("Id", mail.id());
      message.addProperty("Region", region);
      message.addProperty("Timestamp", mail.at().toString());
      message.addProperty("Source", mail.source());
      message.add("Destination", destination);
      message.addProperty("Subject", mail.subject());
      message.add("Body", body);
      messages.add(message);
    }
    JsonObject answer = new JsonObject();
    answer.add("messages", messages);
    return new GsonBuilder().disableHtmlEscaping().create().toJson(answer);
  }

  private static String page(List<Mail> mails, Optional<String> address) {
    StringBuilder list = new StringBuilder();
    for (int i = mails.size() - 1; i >= 0; i--) {
      Mail mail = mails.get(i);
      list.append("<article><h2>")
          .append(escaped(mail.subject()))
          .append("</h2><p class=\"meta\">to <b>")
          .append(escaped(mail.destination()))
          .append("</b> · <time>")
          .append(escaped(mail.at().toString()))
          .append("</time></p>");
      Matcher code = CODE.matcher(mail.body());
      if (code.find()) {
        list.append("<p class=\"code\">").append(code.group()).append("</p>");
      }
      list.append("<p>").append(escaped(mail.body())).append("</p></article>");
    }
    if (mails.isEmpty()) {
      list.append("<p>No mail yet. Sign up on the page, then load this again.</p>");
    }
    String title = "Inbox" + address.map(text -> " of " + escaped(text)).orElse("");
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
        + " content=\"width=device-width, initial-scale=1\"><title>"
        + title
        + "</title><style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;"
        + "max-width:42rem;margin:2rem auto;padding:0 1rem}article{border:1px solid #8884;"
        + "border-radius:.75rem;padding:1rem 1.25rem;margin:1rem 0}h2{font-size:1.1rem;margin:0}"
        + ".meta{margin:.25rem 0}.code{font:700 2rem/1.2 ui-monospace,monospace;"
        + "letter-spacing:.15em;margin:.5rem 0}</style></head><body><main><h1>"
        + title
        + "</h1>"
        + list
        + "</main></body></html>\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
