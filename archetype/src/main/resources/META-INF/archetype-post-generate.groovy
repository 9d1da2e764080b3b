import java.nio.file.Files
import java.util.regex.Matcher

def folder = new File(request.outputDirectory)
def above = new File(folder, 'pom.xml')
def project = new File(folder, request.artifactId)

// Inside another Maven project, the generator makes the new one its module. It must stand alone.
if (above.exists()) {
  def module = "<module>${request.artifactId}</module>"
  def text = above.getText('UTF-8')
  above.setText(text.readLines().findAll { it.trim() != module }.join('\n') + '\n', 'UTF-8')
  project.deleteDir()
  throw new RuntimeException(
      "There is a pom.xml in ${request.outputDirectory}, and CloudTask cannot live inside another "
      + "Maven project. Nothing was generated. Change to an empty folder and try again.")
}

// In batch mode the generator checks nothing: what no compiler would take is refused here.
def name = request['package'] ?: 'cloudtask'
def words = ['abstract', 'assert', 'boolean', 'break', 'byte', 'case', 'catch', 'char', 'class', 'const', 'continue',
    'default', 'do', 'double', 'else', 'enum', 'extends', 'false', 'final', 'finally', 'float', 'for', 'goto', 'if',
    'implements', 'import', 'instanceof', 'int', 'interface', 'long', 'native', 'new', 'null', 'package', 'private',
    'protected', 'public', 'return', 'short', 'static', 'strictfp', 'super', 'switch', 'synchronized', 'this', 'throw',
    'throws', 'transient', 'true', 'try', 'void', 'volatile', 'while', '_']
def parts = name.split('\\.', -1) as List
if (!parts.every { it ==~ /[A-Za-z_$][A-Za-z0-9_$]*/ && !words.contains(it) } || parts[0] in ['java', 'labs']) {
  project.deleteDir()
  throw new RuntimeException(
      "\"-Dpackage=${name}\" is no name for a package of your own: parts of letters, digits and _, with dots between "
      + "them, none of them a word of Java. Nothing was generated.")
}

// The functions lie in the package "cloudtask" until here, and the template and the texts name them so. None of
// these files is filtered by the generator, which would eat "##" and stumble over "\${AWS::Region}".
if (name != 'cloudtask') {
  def files = []
  project.eachFileRecurse { if (it.isFile() && it.name ==~ /.*\.(java|yaml|md|adoc)/) files << it }
  files.each { file ->
    def text = file.getText('UTF-8')
    def moved = text
        .replaceAll(/(?<![\w.\/])cloudtask\.(?=[A-Z])/, Matcher.quoteReplacement(name + '.'))
        .replaceAll(/(?m)^package cloudtask;/, Matcher.quoteReplacement("package ${name};"))
        .replaceAll(/src\/main\/java\/cloudtask(?=\/)/, Matcher.quoteReplacement('src/main/java/' + name.replace('.', '/')))
    if (moved != text) {
      file.setText(moved, 'UTF-8')
    }
  }
  def sources = new File(project, 'src/main/java')
  def old = new File(sources, 'cloudtask')
  def moving = new File(sources, '.moving')
  Files.move(old.toPath(), moving.toPath())
  def place = new File(sources, name.replace('.', '/'))
  place.parentFile.mkdirs()
  if (place.exists()) {
    moving.eachFile { Files.move(it.toPath(), new File(place, it.name).toPath()) }
    moving.deleteDir()
  } else {
    Files.move(moving.toPath(), place.toPath())
  }
}

new File(project, 'mvnw').setExecutable(true, false)
