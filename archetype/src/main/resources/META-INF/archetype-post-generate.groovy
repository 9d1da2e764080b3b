def above = new File(request.outputDirectory, 'pom.xml')
def project = new File(request.outputDirectory, request.artifactId)

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

new File(project, 'mvnw').setExecutable(true, false)
