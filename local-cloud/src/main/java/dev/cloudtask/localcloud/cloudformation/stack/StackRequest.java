package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.iam.Caller;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks a stack to be.
 *
 * @param templateFile the template's file name for positions; empty if there is none
 * @param onFailure {@code ROLLBACK}, {@code DELETE} or {@code DO_NOTHING}
 * @param token the client's token, shown in events
 */
public record StackRequest(
    String name,
    String templateBody,
    String templateFile,
    Map<String, String> parameters,
    Map<String, String> tags,
    List<String> capabilities,
    String onFailure,
    boolean terminationProtection,
    @Nullable String token,
    Caller caller) {}
